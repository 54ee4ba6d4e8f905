import Core

/// Prints every setting as a command would use it, with its origin and without secrets.
struct ConfigShowCommand: Command {
  private let arguments: ParsedArguments

  init(_ arguments: ParsedArguments) throws(UsageError) {
    self.arguments = arguments
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let rows = try EffectiveSettings(arguments, console).rows
    guard !arguments.contains(GlobalOptions.quiet) else { return .done }
    if arguments.contains(GlobalOptions.json) {
      for row in rows {
        try console.print([
          "key": .string(row.key), "value": row.value, "origin": .string(row.origin),
        ])
      }
    } else {
      try console.print(
        TextTable(
          [.init("SETTING"), .init("VALUE"), .init("ORIGIN")],
          rows: rows.map { [$0.key, $0.text, $0.origin] }))
    }
    return .done
  }

  static let family: CommandFamily? = .config
  static let spec = CommandSpec(
    name: "show",
    summary: "Print the settings that commands use, and where each is from",
    discussion: """
      An origin is the option as typed, a $VARIABLE, a file with the path of keys in it, or default. \
      Passwords and keys are shown as ***.
      """,
    examples: [
      Example("turboctl config show", explanation: "What counts here, and why"),
      Example(
        "turboctl config show --layer chat --json", explanation: "Another layer, for a script"),
    ])
}

extension CommandFamily {
  static let config = CommandFamily(
    name: "config", summary: "See, check and import the configuration")
}
