import Core

/// Shows what waits in a queue, decoded, without taking it.
struct QueuePeekCommand: Command {
  private let global: GlobalOptions
  private let channel: String
  private let limit: Int

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    try global.requireCoreLayer(arguments.command)
    channel = Self.name(arguments.positionals[0], global.layer)
    if channel.isEmpty { throw .invalid(what: "CHANNEL", detail: "is empty") }
    limit = try arguments[Self.limit] ?? .max
  }

  /// As a channel or a process is called; a key in Redis has a prefix before that.
  private static func name(_ typed: String, _ layer: LayerConfiguration) -> String {
    let isKey = layer.meaning(of: Array(typed.utf8).process) != nil
    return isKey ? String(typed.dropFirst(layer.prefix.count)) : typed
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
        let message = Result { () throws(ReceivedMessage.Fault) in
          try layer.read(member.bytes, score: member.score)
        }
        if try show(message, member.bytes, member.score, console) { shown += 1 }
      }
      place += members.count
      if members.count < Self.page || shown == limit { break }
    }
    if shown == 0, !global.isJSON, !global.isQuiet {
      try console.print("no such queue, or nothing waits; 'queue list' names those with messages")
    }
    return .done
  }

  /// Messages read at once, since each may be large.
  private static let page = 10

  /// Shows one member of the queue.
  ///
  /// - Returns: whether it is for the channel; one that cannot be decoded may be.
  private func show(
    _ result: Result<ReceivedMessage, ReceivedMessage.Fault>, _ member: [UInt8], _ score: Double,
    _ console: Console
  ) throws(CommandError) -> Bool {
    let message = try? result.get()
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
      let size = counted(member.count, "byte", "bytes")
      try console.print("\(Timestamp.text(score))  \(size)  \(Self.kind(of: result))")
      let text = html ?? message.map { Value.object($0.fields).json } ?? member.hexadecimal
      for line in TerminalText.safe(text).split(separator: "\n") {
        try console.print("    \(line)")
      }
    }
    return true
  }

  private static func kind(
    of result: Result<ReceivedMessage, ReceivedMessage.Fault>
  ) -> String {
    switch result {
    case .success(let message): "to \(counted(message.channels.count, "channel", "channels"))"
    case .failure(.encrypted(let fault)): Failure.text(fault)
    case .failure: "not a message of this layer"
    }
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
    if let message, !Value.object(message.fields).fitsJSON { object["lossy"] = .bool(true) }
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
