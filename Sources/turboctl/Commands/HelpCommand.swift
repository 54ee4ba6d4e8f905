import Core

/// Stands in the specification for the parser, which answers it itself.
struct HelpCommand: Command {
  static let spec = CommandSpec(
    name: "help",
    summary: "Print full help on a command or a topic",
    arguments: [
      ArgumentSpec("COMMAND", kind: .command, arity: .any, summary: "A command or a topic")
    ])

  init(_ arguments: ParsedArguments) {}

  func run(_ console: Console) -> ExitCode { .done }
}
