import Core

/// Lists the groups that have live members.
struct GroupsListCommand: Command {
  private let listing: GroupListing

  init(_ arguments: ParsedArguments) throws(UsageError) {
    listing = try GroupListing(
      arguments, try GlobalOptions(arguments), glob: arguments.positionals.first ?? "*",
      order: arguments[Self.sort])
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    try listing.run(console)
  }

  private static let sort = GroupListing.sort(GroupList.Order.allCases.filter { $0 != .chat })

  static let family: CommandFamily? = .groups
  static let spec = CommandSpec(
    name: "list",
    summary: "List the groups that have live members",
    discussion: "As 'chats list', for every group, or for those whose names match the pattern.",
    arguments: [
      ArgumentSpec(
        "PATTERN", kind: .group, arity: .optional,
        summary: "Groups as Redis globs them: * ? [abc], \\ before any of these as it is")
    ],
    options: [sort.spec] + GroupListing.specs,
    examples: [
      Example("turboctl groups list 'turbo_stream.*'", explanation: "The groups of Turbo Streams")
    ])
}

extension CommandFamily {
  static let groups = CommandFamily(name: "groups", summary: "See and change who is in a group")
}
