import Core

/// Shows who is in one group.
struct GroupsShowCommand: Command {
  private let global: GlobalOptions
  private let group: String

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    group = arguments.positionals[0]
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    try GroupDetail.run(group, chat: nil, global, console)
  }

  static let family: CommandFamily? = .groups
  static let spec = CommandSpec(
    name: "show",
    summary: "Show the channels of one group",
    discussion: """
      A line for each live channel: its process, when it joined, the time left until the group drops it, \
      and of the process's queue how many messages wait against its capacity, since when, and how many are \
      taken but not handed on yet.
      """,
    arguments: [ArgumentSpec("GROUP", kind: .group, summary: "A group")],
    examples: [
      Example("turboctl groups show turbo_stream.chat_1", explanation: "Who is in a group")
    ])
}
