import Core

/// Lists the processes for which something waits.
struct QueueListCommand: Command {
  private let global: GlobalOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    try global.requireCoreLayer(arguments.command)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let layer = global.open(try global.hosts(console), console)
    let (found, now, missing) = try asking { () throws(ChannelsError) in
      try layer.queues(deadline: deadline)
    }
    try show(found, now, without: missing, console)
    try requireAll(missing)
    return .done
  }

  private func show(
    _ found: [ProcessQueue], _ now: Double, without missing: [ChannelsError], _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    let queues = found.sorted { left, right in
      left.state.queued != right.state.queued
        ? left.state.queued > right.state.queued
        : left.process.lexicographicallyPrecedes(right.process)
    }
    if global.isJSON {
      for queue in queues { try console.print(object(queue, now)) }
    } else if queues.isEmpty {
      try console.print(nothing("nothing waits", without: missing))
    } else {
      try console.print(table(queues, now))
    }
  }

  private func table(_ queues: [ProcessQueue], _ now: Double) -> TextTable {
    TextTable(
      [
        .init("PROCESS"), .init("QUEUED", isNumber: true), .init("OLDEST", isNumber: true),
        .init("IN FLIGHT", isNumber: true),
      ],
      rows: queues.map { queue in
        [
          queue.process.text, "\(queue.state.queued)/\(global.layer.capacity)",
          queue.state.oldest.map { readable(age: now - $0) } ?? "-", "\(queue.state.inFlight)",
        ]
      })
  }

  private func object(_ queue: ProcessQueue, _ now: Double) -> Object {
    [
      "process": .string(queue.process.text), "tail": .bool(queue.process.isTail),
      "queued": .integer(queue.state.queued), "capacity": .integer(global.layer.capacity),
      "oldest_age": queue.state.oldest.map { .double(age($0, now)) } ?? .null,
      "in_flight": .integer(queue.state.inFlight),
    ]
  }

  static let family: CommandFamily? = .queue
  static let spec = CommandSpec(
    name: "list",
    summary: "List the processes for which messages wait",
    discussion: """
      A process without a line has nothing waiting. In flight is what a process took off its queue and has \
      not handed on to a page yet.
      """,
    examples: [Example("turboctl queue list", explanation: "Which processes lag behind")])
}

extension CommandFamily {
  static let queue = CommandFamily(
    name: "queue", summary: "See what waits in the processes' queues")
}
