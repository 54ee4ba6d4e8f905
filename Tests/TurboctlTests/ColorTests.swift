import Testing

@testable import turboctl

struct ColorTests {
  @Test(
    arguments: [
      (["sned"], [:], true, true), (["sned"], [:], false, false),
      (["sned", "--color", "always"], [:], false, true),
      (["sned", "--color=never"], [:], true, false),
      (["--color", "always", "sned", "--color", "never"], [:], true, false),
      (["sned"], ["NO_COLOR": "1"], true, false),
      (["sned", "--color=always"], ["NO_COLOR": "1"], false, true),
      (["sned", "--", "--color=always"], [:], false, false),
    ] as [([String], [String: String], Bool, Bool)])
  func errorsAreColouredAsAskedFor(
    arguments: [String], environment: [String: String], isTerminal: Bool, isColored: Bool
  ) {
    let run = CommandRun(arguments, environment: environment, isTerminal: isTerminal)
    let what = "unknown command 'sned'\n"
    let hint = "hint: did you mean 'send'?"
    #expect(
      run.errors
        == (isColored
          ? "\u{1B}[1;31mturboctl:\u{1B}[0m \(what)\u{1B}[2m\(hint)\u{1B}[0m\n"
          : "turboctl: \(what)\(hint)\n"))
  }
}
