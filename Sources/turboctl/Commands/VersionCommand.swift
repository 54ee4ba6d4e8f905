import Core

struct VersionCommand: Command {
  static let spec = CommandSpec(name: "version", summary: "Print the version")

  init(_ arguments: ParsedArguments) {}

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    try console.print(versionLine)
    return .done
  }
}
