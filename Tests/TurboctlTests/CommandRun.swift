import Core

@testable import turboctl

/// One run of the tool in this process, its streams in memory.
struct CommandRun {
  let code: ExitCode
  let output: String
  let errors: String

  /// - Parameter input: standard input; nil is a terminal.
  init(
    _ arguments: [String], input: String? = "", environment: [String: String] = [:],
    isTerminal: Bool = false
  ) {
    let console = Console(
      environment: { environment[$0] },
      input: Input(bytes: Array((input ?? "").utf8), isTerminal: input == nil),
      output: Output(descriptor: nil, isTerminal: isTerminal),
      errors: Output(descriptor: nil, isTerminal: isTerminal))
    code = Turboctl.run(arguments, console)
    output = String(decoding: console.output.written, as: UTF8.self)
    errors = String(decoding: console.errors.written, as: UTF8.self)
  }
}
