import Core

/// Lists the chats that have live subscribers.
struct ChatsListCommand: Command {
  private let listing: GroupListing

  init(_ arguments: ParsedArguments) throws(UsageError) {
    let global = try GlobalOptions(arguments)
    let chats = ChatPattern(global.chatGroup)
    listing = try GroupListing(
      arguments, global, glob: chats.glob, chats: chats, order: arguments[Self.sort])
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    try listing.run(console)
  }

  private static let sort = GroupListing.sort(GroupList.Order.allCases)

  static let family: CommandFamily? = .chats
  static let spec = CommandSpec(
    name: "list",
    summary: "List the chats that have live subscribers",
    discussion: """
      A channel is a consumer, one for each open page; a process has one queue for all its channels, so that \
      QUEUED counts what waits for them in other chats too. Members that expired are not counted, and our \
      own tails stand in a column of their own. Nothing is written, and no message is taken.

      The pub/sub layer knows connections alone: those of processes that listen, and of our own tails.
      """,
    options: [sort.spec] + GroupListing.specs,
    examples: [
      Example("turboctl chats list --watch 2", explanation: "Follow them on the terminal"),
      Example(
        "turboctl chats list --sort queued --limit 10 --json",
        explanation: "The chats behind which most waits, for a script"),
    ])
}

extension CommandFamily {
  static let chats = CommandFamily(name: "chats", summary: "See who listens to which chat")
}
