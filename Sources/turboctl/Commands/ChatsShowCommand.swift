import Core

/// Shows who listens to one chat.
struct ChatsShowCommand: Command {
  private let global: GlobalOptions
  private let chat: String

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    chat = arguments.positionals[0]
    if chat.isEmpty { throw .invalid(what: "ID", detail: "is empty") }
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    try GroupDetail.run(
      ChatPattern(global.chatGroup).group(of: chat), chat: chat, global, console)
  }

  static let family: CommandFamily? = .chats
  static let spec = CommandSpec(
    name: "show",
    summary: "Show the channels of one chat",
    discussion: GroupsShowCommand.spec.discussion,
    arguments: [ArgumentSpec("ID", kind: .chat, summary: "A chat")],
    examples: [Example("turboctl chats show 1", explanation: "Who listens to chat 1")])
}
