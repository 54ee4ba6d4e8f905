import Core

/// Shows what waits in a queue, decoded, without taking it.
struct QueuePeekCommand: Command {
  private let global: GlobalOptions
  private let channel: String
  private let limit: Int

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    try global.requireCoreLayer(arguments.command)
    channel = arguments.positionals[0]
    if channel.isEmpty { throw .invalid(what: "CHANNEL", detail: "is empty") }
    limit = try arguments[Self.limit] ?? .max
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let layer = global.open(try global.hosts(console), console)
    var place = 0
    var shown = 0
    while true {
      let members = try asking { () throws(ChannelsError) in
        try layer.peek(
          Array(channel.utf8).process, from: place, limit: Self.page, deadline: deadline)
      }
      for member in members where shown < limit {
        let message = try? layer.read(member.bytes, score: member.score)
        if try show(message, member.bytes, member.score, console) { shown += 1 }
      }
      place += members.count
      if members.count < Self.page || shown == limit { break }
    }
    if shown == 0, !global.isJSON, !global.isQuiet { try console.print("nothing waits") }
    return .done
  }

  /// Messages read at once, since each may be large.
  private static let page = 10

  /// Shows one member of the queue.
  ///
  /// - Returns: whether it is for the channel; one that cannot be decoded may be.
  private func show(
    _ message: ReceivedMessage?, _ member: [UInt8], _ score: Double, _ console: Console
  ) throws(CommandError) -> Bool {
    // A name that is not a process's alone is one of its channels.
    if let message, channel.utf8.contains(UInt8(ascii: "!")), !channel.hasSuffix("!"),
      !message.channels.contains(where: { $0.hasSameBytes(as: channel) })
    {
      return false
    }
    guard !global.isQuiet else { return true }
    let html = message.flatMap { global.envelope.html(in: $0.fields) }
    if global.isJSON {
      try console.print(object(message, html, member, score))
    } else {
      let channels = message.map { "to \(counted($0.channels.count, "channel", "channels"))" }
      try console.print(
        "\(Timestamp.text(score))  \(counted(member.count, "byte", "bytes"))  \(channels ?? "not a message of this layer")"
      )
      let text = html ?? message.map { Value.object($0.fields).json } ?? member.hexadecimal
      for line in TerminalText.safe(text).split(separator: "\n") {
        try console.print("    \(line)")
      }
    }
    return true
  }

  private func object(
    _ message: ReceivedMessage?, _ html: String?, _ member: [UInt8], _ score: Double
  ) -> Object {
    var object: Object = [
      "time": .string(Timestamp.text(score)), "bytes": .integer(member.count),
      "channels": .array((message?.channels ?? []).map(Value.string)),
      "html": html.map(Value.string) ?? .null,
      "message": message.map { .object($0.fields) } ?? .null,
    ]
    if message == nil { object["raw"] = .string(member.hexadecimal) }
    return object
  }

  private static let limit = Option.integer(
    "limit", in: 1...Int.max, summary: "Show N messages at most")

  static let family: CommandFamily? = .queue
  static let spec = CommandSpec(
    name: "peek",
    summary: "Show the messages that wait in a queue, taking none",
    discussion: """
      Oldest first, in MessagePack or JSON as the site writes them. Of a process (its name ends with !) all \
      messages; of a channel those that are for it. What is no message is shown in hexadecimal.
      """,
    arguments: [
      ArgumentSpec(
        "CHANNEL", kind: .channel, summary: "A channel, or a process as 'queue list' names it")
    ],
    options: [limit.spec],
    examples: [
      Example("turboctl queue peek 'specific.0f3a!' --limit 1", explanation: "What is next")
    ])
}
