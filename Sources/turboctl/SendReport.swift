import Core

/// What `send` prints: a line a group.
struct SendReport {
  /// Who would get a group's message, and by which queues.
  typealias Receivers = (audience: Audience, queueKeys: [String])

  private let messages: [GroupMessage]
  private let global: GlobalOptions
  /// When the delivery began, on the monotonic clock.
  var start: Double
  /// The groups of which at least one process got the message.
  private(set) var delivered: [GroupName] = []

  init(messages: [GroupMessage], global: GlobalOptions, start: Double) {
    self.messages = messages
    self.global = global
    self.start = start
  }

  mutating func print(
    _ delivery: Delivery, _ elapsed: Double, _ console: Console
  ) throws(CommandError) {
    let audience: Audience
    switch delivery.outcome {
    case .delivered(let reached, let fault):
      audience = reached
      if let fault { console.note("warning: \(delivery.group.text): \(fault)") }
    case .partial(let reached, _, _): audience = reached
    case .withheld, .refused: return
    }
    delivered.append(delivery.group)
    guard !global.isQuiet else { return }
    let bytes = messages.first { $0.group == delivery.group }.map(size) ?? 0
    if global.isJSON {
      var line = Self.fields(delivery.group, audience, bytes)
      line["elapsed_ms"] = .double(milliseconds(elapsed))
      try console.print(line)
    } else {
      let line = "\(Self.text(audience)), \(counted(bytes, "byte", "bytes"))"
      let nobody = audience.channels == 0 ? " (no subscribers)" : ""
      try console.print(
        "\(delivery.group.text): \(line), \(readable(milliseconds: elapsed * 1000)) ms\(nobody)")
    }
  }

  /// The plan of a dry run; `receivers` is nil where Redis cannot be reached.
  func printPlan(_ receivers: [Receivers]?, _ console: Console) throws(CommandError) {
    guard !global.isQuiet else { return }
    for (place, message) in messages.enumerated() {
      let audience = receivers?[place].audience
      let keys = [global.layer.groupKey(message.group)] + (receivers?[place].queueKeys ?? [])
      if global.isJSON {
        try console.print(planLine(message, audience, keys))
      } else {
        try console.print(planText(message, audience, keys))
      }
    }
  }

  private func planLine(_ message: GroupMessage, _ audience: Audience?, _ keys: [String]) -> Object
  {
    var line = Self.fields(message.group, audience, size(message))
    line["dry_run"] = .bool(true)
    line["keys"] = .array(keys.map(Value.string))
    line["html"] = html(message).map(Value.string)
    line["message"] = .object(message.message.fields)
    return line
  }

  private func planText(_ message: GroupMessage, _ audience: Audience?, _ keys: [String]) -> String
  {
    """
    \(message.group.text): would send \(counted(size(message), "byte", "bytes"))
      element: \(TerminalText.line(html(message) ?? "none"))
      message: \(Value.object(message.message.fields).json)
      keys: \(TerminalText.line(keys.joined(separator: " ")))
      receivers: \(audience.map(Self.text) ?? "unknown, Redis cannot be asked")
    """
  }

  /// Of a message, the HTML's bytes; of one without HTML, those of its JSON.
  private func size(_ message: GroupMessage) -> Int {
    (html(message) ?? Value.object(message.message.fields).json).utf8.count
  }

  private func html(_ message: GroupMessage) -> String? {
    global.envelope.html(in: message.message.fields)
  }

  private static func fields(_ group: GroupName, _ audience: Audience?, _ bytes: Int) -> Object {
    let count = { (number: Int?) in number.map(Value.integer) ?? .null }
    return [
      "group": .string(group.text), "channels": count(audience?.channels),
      "processes": count(audience?.processes), "over_capacity": count(audience?.overCapacity),
      "bytes": .integer(bytes),
    ]
  }

  static func text(_ audience: Audience) -> String {
    let channels = counted(audience.channels, "channel", "channels")
    let processes = counted(audience.processes, "process", "processes")
    return "\(channels) in \(processes), \(audience.overCapacity) over capacity"
  }
}
