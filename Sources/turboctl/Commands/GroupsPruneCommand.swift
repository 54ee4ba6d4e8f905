import Core

/// Takes members out of groups whose process is dead by the look of its queue.
struct GroupsPruneCommand: Command {
  private let global: GlobalOptions
  private let removal: Removal
  private let groups: [String]

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    try global.requireCoreLayer(arguments.command)
    removal = Removal(arguments, global)
    groups = arguments.positionals
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let layer = global.open(try global.hosts(console), console)
    let names = groups.isEmpty ? nil : groups.map { Array($0.utf8) }
    var (ghosts, now, missing) = try asking { () throws(ChannelsError) in
      try layer.ghosts(in: names, deadline: deadline)
    }
    ghosts.sort { $0.group.text.comesNaturally(before: $1.group.text) }
    return try removal.run(plan(ghosts, now, without: missing), missing: missing, console) {
      [ghosts] layer, deadline, removed throws(ChannelsError) in
      // Who drained its queue while the plan was read is alive.
      let dead = Set(try layer.ghosts(in: names, deadline: deadline).ghosts.map(\.channel))
      let members = ghosts.filter { dead.contains($0.channel) }.map { ($0.group, $0.channel) }
      try layer.discard(members, deadline: deadline, removed: removed)
    }
  }

  private func plan(
    _ ghosts: [Ghost], _ now: Double, without missing: [ChannelsError]
  ) -> Removal.Plan {
    let waits = { (ghost: Ghost) in now - (ghost.queue.oldest ?? now) }
    let expiry = global.layer.expiry
    return Removal.Plan(
      isEmpty: ghosts.isEmpty,
      summary: ghosts.isEmpty
        ? nothing("no member is dead", without: missing)
        : "remove \(counted(ghosts.count, "member", "members")) whose process took nothing off its "
          + "queue for longer than \(expiry)s, while messages waited",
      table: ghosts.isEmpty ? nil : table(ghosts, waits),
      objects: { isDone in
        ghosts.map { ghost in
          let reason =
            "a message waits since \(readable(age: waits(ghost))), longer than \(expiry)s"
          return [
            "group": .string(ghost.group.text), "channel": .string(ghost.channel.text),
            "process": .string(ghost.channel.process.text),
            "queued": .integer(ghost.queue.queued),
            "oldest_age": .double((waits(ghost) * 1e3).rounded() / 1e3),
            "reason": .string(reason), "removed": .bool(isDone),
          ]
        }
      })
  }

  private func table(_ ghosts: [Ghost], _ waits: (Ghost) -> Double) -> TextTable {
    TextTable(
      [
        .init("GROUP"), .init("CHANNEL"), .init("QUEUED", isNumber: true),
        .init("OLDEST", isNumber: true),
      ],
      rows: ghosts.map { ghost in
        [
          ghost.group.text, ghost.channel.text, "\(ghost.queue.queued)",
          readable(age: waits(ghost)),
        ]
      })
  }

  static let family: CommandFamily? = .groups
  static let spec = CommandSpec(
    name: "prune",
    summary: "Remove the members whose process is dead",
    discussion: """
      A page that closes leaves its groups; a process that is killed does not, and its channels stay for a \
      day. Dead is a process in whose queue a message has waited for longer than --expiry: a consumer takes \
      the oldest first, so nobody has for as long. A process for which nothing waits is not judged.

      Each send to a group drops what is older than --expiry. So a dead process to whose groups the site \
      keeps sending is found only while they pause: look again then, or at what is full in 'queue list'.

      Prints each with the reason, and removes them with --yes or after a yes on the terminal.
      """,
    arguments: [
      ArgumentSpec("GROUP", kind: .group, arity: .any, summary: "Groups to look at; none: all")
    ],
    options: [Removal.yes.spec],
    examples: [
      Example("turboctl groups prune", explanation: "Who is dead, and why"),
      Example("turboctl groups prune --yes --json", explanation: "Clean up from a cron job"),
    ])
}
