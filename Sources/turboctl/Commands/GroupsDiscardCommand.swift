import Core

/// Takes channels out of a group (`channels_redis/core.py group_discard`).
struct GroupsDiscardCommand: Command {
  private let global: GlobalOptions
  private let removal: Removal
  private let group: String
  private let channels: [String]

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    try global.requireCoreLayer(arguments.command)
    removal = Removal(arguments, global)
    group = arguments.positionals[0]
    channels = Array(arguments.positionals.dropFirst())
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let name = Array(group.utf8)
    let layer = global.open(try global.hosts(console), console)
    let isMember = try asking { () throws(ChannelsError) in
      try layer.memberships(of: channels, in: name, deadline: deadline)
    }
    let members = zip(channels, isMember).filter(\.1).map {
      (group: name, channel: Array($0.0.utf8))
    }
    if members.isEmpty { _ = try GlobalOptions.group(group) }
    return try removal.run(plan(Array(zip(channels, isMember))), console) {
      layer, deadline, removed throws(ChannelsError) in
      try layer.discard(members, deadline: deadline, removed: removed)
    }
  }

  private func plan(_ channels: [(name: String, isMember: Bool)]) -> Removal.Plan {
    let members = channels.count { $0.isMember }
    return Removal.Plan(
      isEmpty: members == 0,
      summary: members == 0
        ? "nothing to remove: no such member of \(group)"
        : "remove \(counted(members, "channel", "channels")) from \(group)",
      table: TextTable(
        [.init("CHANNEL"), .init("MEMBER")],
        rows: channels.map { [$0.name, $0.isMember ? "yes" : "no"] }),
      objects: { isDone in
        channels.map { name, isMember in
          [
            "group": .string(group), "channel": .string(name), "member": .bool(isMember),
            "removed": .bool(isDone && isMember),
          ]
        }
      })
  }

  static let family: CommandFamily? = .groups
  static let spec = CommandSpec(
    name: "discard",
    summary: "Remove channels from a group",
    discussion: """
      The page behind such a channel stays open and gets nothing from this group any more, until it joins \
      again. Prints what it would remove, and does so with --yes or after a yes on the terminal.
      """,
    arguments: [
      ArgumentSpec("GROUP", kind: .group, summary: "A group"),
      ArgumentSpec(
        "CHANNEL", kind: .channel, arity: .many, summary: "Channels as 'groups show' names them"),
    ],
    options: [Removal.yes.spec],
    examples: [
      Example(
        "turboctl groups discard turbo_stream.chat_1 'specific.0f3a!9c1b' --yes",
        explanation: "Remove one channel")
    ])
}
