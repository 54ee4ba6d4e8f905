import Core

/// What `send` prints of what it did: a line a group.
struct SendReport {
  let messages: [GroupMessage]
  let global: GlobalOptions

  /// - Parameter elapsed: seconds from the start to the reply.
  func print(
    _ delivery: Delivery, _ elapsed: Double, _ console: Console
  ) throws(CommandError) {
    let audience: Audience
    var failed: Int?
    switch delivery.outcome {
    case .delivered(let reached, let fault):
      audience = reached
      if let fault { console.note("warning: \(delivery.group.text): \(fault)") }
    case .partial(let reached, _, let processes, _):
      audience = reached
      failed = processes.count
    case .withheld, .failed: return
    }
    guard !global.isQuiet else { return }
    let bytes = messages.first { $0.group == delivery.group }?.size(global.envelope) ?? 0
    if global.isJSON {
      var line = audience.fields(delivery.group, bytes: bytes)
      line["failed"] = failed.map(Value.integer)
      line["elapsed_ms"] = .double(milliseconds(elapsed))
      try console.print(line)
    } else {
      let failures = failed.map { ", \($0) failed" } ?? ""
      let size = counted(bytes, "byte", "bytes")
      let nobody = audience.channels == 0 ? " (no subscribers)" : ""
      try console.print(
        "\(delivery.group.text): \(audience.text)\(failures), \(size), "
          + "\(readable(milliseconds: elapsed * 1000)) ms\(nobody)")
    }
  }
}

extension GroupMessage {
  /// Of a message, the HTML's bytes; of one without HTML, those of its JSON.
  func size(_ envelope: Envelope) -> Int {
    (envelope.html(in: message.fields) ?? Value.object(message.fields).json).utf8.count
  }
}

extension Audience {
  var text: String {
    let channels = counted(channels, "channel", "channels")
    let processes = counted(processes, "process", "processes")
    return "\(channels) in \(processes), \(overCapacity) over capacity"
  }

  func fields(_ group: GroupName, bytes: Int) -> Object {
    [
      "group": .string(group.text), "channels": .integer(channels),
      "processes": .integer(processes), "over_capacity": .integer(overCapacity),
      "bytes": .integer(bytes),
    ]
  }
}
