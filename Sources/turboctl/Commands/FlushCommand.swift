import Core

/// Removes groups or queues, and never a key that is not the layer's (`channels_redis/core.py flush`).
struct FlushCommand: Command {
  private let global: GlobalOptions
  private let removal: Removal
  private let scope: Scope

  private enum Scope {
    case groups([String])
    case queues
    case all
  }

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    try global.requireCoreLayer(arguments.command)
    removal = Removal(arguments, global)
    try arguments.requireAtMostOne(of: [Self.group.spec, Self.queues.spec, Self.all.spec])
    let groups = try arguments.all(Self.group)
    if !groups.isEmpty {
      scope = .groups(groups)
    } else if arguments.contains(Self.queues) {
      scope = .queues
    } else if arguments.contains(Self.all) {
      scope = .all
    } else {
      throw .missingArgument("--group G, --queues or --all", of: arguments.command)
    }
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let layer = global.open(try global.hosts(console), console)
    let (keys, foreign, missing) = try asking { () throws(ChannelsError) in
      try layer.keys(where: isMeant, deadline: deadline)
    }
    if keys.isEmpty, case .groups(let names) = scope {
      for name in names { _ = try GlobalOptions.group(name) }
    }
    return try removal.run(
      plan(keys, foreign: foreign, without: missing), missing: missing, console
    ) {
      layer, deadline, removed throws(ChannelsError) in
      try layer.unlink(keys, deadline: deadline, removed: removed)
    }
  }

  private func isMeant(_ key: LayerKey) -> Bool {
    switch (scope, key) {
    case (.all, _), (.queues, .queue), (.queues, .inFlight): true
    case (.groups(let names), .group(let name)): names.contains { name.elementsEqual($0.utf8) }
    default: false
    }
  }

  /// The groups that were named and are not there.
  private func absent(_ keys: [LayerKey]) -> [String] {
    guard case .groups(let names) = scope else { return [] }
    return names.filter { !keys.contains(.group(Array($0.utf8))) }
  }

  private func plan(
    _ keys: [LayerKey], foreign: Int, without missing: [ChannelsError]
  ) -> Removal.Plan {
    var groups = 0
    var queues = 0
    var inFlight = 0
    for key in keys {
      switch key {
      case .group: groups += 1
      case .queue: queues += 1
      case .inFlight: inFlight += 1
      }
    }
    let counts = [
      counted(groups, "group", "groups"), counted(queues, "queue", "queues"),
      counted(inFlight, "in-flight backup", "in-flight backups"),
    ]
    let what =
      keys.isEmpty
      ? nothing("nothing to remove", without: missing)
      : "remove \(counts.joined(separator: ", ")) of prefix \(global.layer.prefix)"
    let absent = absent(keys).joined(separator: ", ")
    let others = counted(foreign, "key is", "keys are")
    return Removal.Plan(
      isEmpty: keys.isEmpty,
      summary: what + (absent.isEmpty ? "" : "; no such group: \(absent)")
        + (foreign > 0 ? "; \(others) named alike and hold something else: not touched" : ""),
      objects: { isDone in
        [
          [
            "prefix": .string(global.layer.prefix), "groups": .integer(groups),
            "queues": .integer(queues), "in_flight": .integer(inFlight),
            "foreign": .integer(foreign), "removed": .bool(isDone),
          ]
        ]
      })
  }

  private static let group = Option.text(
    "group", placeholder: "G", kind: .group, isRepeatable: true, summary: "Remove this group")
  private static let queues = Switch(
    "queues", summary: "Remove what waits for every process, and what is in flight")
  private static let all = Switch("all", summary: "Remove all groups and all queues")

  static let spec = CommandSpec(
    name: "flush",
    summary: "Remove groups or queues from Redis",
    discussion: """
      The pages stay open; those of a removed group get nothing any more until they join again, and what \
      waited in a removed queue is lost. Only sorted sets with the names that the layer gives are removed, \
      never another key. Prints how many of each kind, and removes them with --yes or after a yes on the \
      terminal.
      """,
    options: [group.spec, queues.spec, all.spec, Removal.yes.spec],
    examples: [
      Example("turboctl flush --queues", explanation: "What would be removed"),
      Example("turboctl flush --group turbo_stream.chat_1 --yes", explanation: "Empty one group"),
    ])
}
