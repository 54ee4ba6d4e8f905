import Core

/// What `send` prints of what it did: a line a group.
struct SendReport {
  let messages: [GroupMessage]
  let global: GlobalOptions

  /// - Parameter elapsed: seconds from the start to the reply.
  func print(
    _ delivery: Delivery, _ elapsed: Double, _ console: Console
  ) throws(CommandError) {
    if case .delivered(_, let fault?) = delivery.outcome {
      console.note("warning: \(delivery.group.text): \(fault)")
    }
    guard !global.isQuiet, let audience = delivery.audience else { return }
    let bytes = messages.first { $0.group == delivery.group }?.size(global.envelope) ?? 0
    if global.isJSON {
      guard let fields = Self.fields(delivery, bytes: bytes, elapsed) else { return }
      try console.print(fields)
    } else {
      let failures = delivery.failed.map { ", \($0) failed" } ?? ""
      let size = counted(bytes, "byte", "bytes")
      let nobody = audience.channels == 0 ? " (no subscribers)" : ""
      try console.print(
        "\(delivery.group.text): \(audience.text)\(failures), \(size), "
          + "\(readable(milliseconds: elapsed * 1000)) ms\(nobody)")
    }
  }

  /// The same for machines; nil where nothing was written.
  static func fields(_ delivery: Delivery, bytes: Int, _ elapsed: Double) -> Object? {
    guard let audience = delivery.audience else { return nil }
    var line = audience.fields(delivery.group, bytes: bytes)
    line["failed"] = delivery.failed.map(Value.integer)
    line["elapsed_ms"] = .double(milliseconds(elapsed))
    return line
  }
}

extension Delivery {
  /// Whom it reached; nil where nothing was written.
  fileprivate var audience: Audience? {
    switch outcome {
    case .delivered(let audience, _), .partial(let audience, _, _, _): audience
    case .withheld, .failed: nil
    }
  }

  /// Processes that did not get it because their queue failed; nil where there are none.
  fileprivate var failed: Int? {
    guard case .partial(_, _, let processes, _) = outcome else { return nil }
    return processes.count
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
