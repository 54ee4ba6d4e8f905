import Core

/// Says what may stand where a line ends: what the shells' scripts call.
///
/// `complete bash -- LINE PART`, or `complete zsh|fish -- WORD…`. It prints nothing where it knows
/// nothing, and never an error.
struct CompleteCommand: Command {
  private let shell: Shell?
  private let words: [String]

  init(_ arguments: ParsedArguments) {
    shell = arguments.positionals.first.flatMap(Shell.init)
    words = Array(arguments.positionals.dropFirst())
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let lines: [String] =
      switch shell {
      case .bash: bashLines(console)
      case .zsh: lines(console, marker: ":") { candidate, _ in ZshCompletion.line(candidate) }
      case .fish: lines(console, marker: "\t") { FishCompletion.line($0, head: $1) }
      case nil: []
      }
    if !lines.isEmpty { try console.print(lines.joined(separator: "\n")) }
    return .done
  }

  private func bashLines(_ console: Console) -> [String] {
    guard words.count == 2 else { return [] }
    let bash = BashCompletion(line: words[0], replacing: words[1])
    let completion = specification.completion(of: bash.words, environment: console.environment)
    let values = CompletionValues(completion, console)
    return values.candidates(withFiles: true)
      .compactMap { bash.insertion(of: $0, head: completion.head) }
  }

  /// Files are left to the shell, which knows more of them: the marker asks for it.
  private func lines(
    _ console: Console, marker: String, _ line: (Completion.Candidate, String) -> String
  ) -> [String] {
    let completion = specification.completion(of: words, environment: console.environment)
    switch completion.offer {
    case .values(.file): return ["\(marker)files"]
    case .values(.directory): return ["\(marker)directories"]
    default: break
    }
    let values = CompletionValues(completion, console)
    return values.candidates(withFiles: false).map { line($0, completion.head) }
  }

  static let configurationUse = ConfigurationUse.none
  static let spec = CommandSpec(
    name: "complete", summary: "Say what may stand where a line ends", isHidden: true,
    arguments: [
      ArgumentSpec("SHELL", kind: .choice(Shell.allCases.map(\.rawValue)), summary: "Who asks"),
      ArgumentSpec("WORD", kind: .text, arity: .any, summary: "The line"),
    ])
}
