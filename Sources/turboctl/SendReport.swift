import Core

/// What came of one message, and the seconds from the start to the reply.
struct Answer {
  let delivery: Delivery
  let elapsed: Double
}

/// What `send` prints of what it did: a line a group.
struct SendReport {
  let messages: [GroupMessage]
  let global: GlobalOptions
  /// On the monotonic clock.
  let start: Double

  /// What a subscriber may lag by for a minute: `client-output-buffer-limit` as Redis ships it.
  private static let largestUnread = 8 << 20

  /// - Parameter seen: who has taken it off their queues, where that was asked for.
  func print(
    _ answer: Answer, _ seen: Acknowledgement?, _ console: Console
  ) throws(CommandError) {
    let delivery = answer.delivery
    if case .delivered(_, let fault?) = delivery.outcome {
      console.note("warning: \(delivery.group.text): \(fault)")
    }
    if delivery.outcome == .duplicate, !global.isQuiet, !global.isJSON {
      return try console.print("\(delivery.group.text): already sent")
    }
    let bytes = messages.first { $0.group == delivery.group }?.size(global.envelope) ?? 0
    if let warning = Self.warning(of: delivery, bytes: bytes) {
      console.note("warning: \(delivery.group.text): \(warning)")
    }
    guard !global.isQuiet else { return }
    if global.isJSON {
      guard var fields = Self.fields(answer, bytes: bytes) else { return }
      if let seen, delivery.audience != nil {
        fields["confirmed"] = .integer(seen.processes)
        fields["confirm_ms"] = .double(milliseconds((seen.time ?? start) - start))
      }
      try console.print(fields)
    } else if let audience = delivery.audience {
      let failures = delivery.failed.map { ", \($0) failed" } ?? ""
      let size = counted(bytes, "byte", "bytes")
      let nobody = audience.channels == 0 ? " (no subscribers)" : ""
      try console.print(
        "\(delivery.group.text): \(audience.text)\(failures), \(size), "
          + "\(readable(milliseconds: answer.elapsed * 1000)) ms\(text(seen))\(nobody)")
    }
  }

  /// What is to be said of a message of that size; mostly nothing.
  static func warning(of delivery: Delivery, bytes: Int) -> String? {
    guard delivery.audience?.unit == .receivers, bytes > largestUnread else { return nil }
    return "\(bytes) bytes: Redis disconnects a subscriber that has 8 MB unread for a minute"
  }

  private func text(_ seen: Acknowledgement?) -> String {
    guard let seen else { return "" }
    let time = seen.time.map { " in \(readable(milliseconds: ($0 - start) * 1000)) ms" } ?? ""
    return ", \(seen.processes) confirmed\(time)"
  }

  /// The same for machines; nil where nothing was written.
  static func fields(_ answer: Answer, bytes: Int) -> Object? {
    let delivery = answer.delivery
    if delivery.outcome == .duplicate {
      return ["group": .string(delivery.group.text), "duplicate": .bool(true)]
    }
    guard let audience = delivery.audience else { return nil }
    var line = audience.fields(delivery.group, bytes: bytes)
    line["failed"] = delivery.failed.map(Value.integer)
    line["elapsed_ms"] = .double(milliseconds(answer.elapsed))
    return line
  }
}

extension Delivery {
  /// Whom it reached; nil where nothing was written.
  fileprivate var audience: Audience? {
    switch outcome {
    case .delivered(let audience, _), .partial(let audience, _, _, _): audience
    case .withheld, .duplicate, .failed: nil
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
  /// How many there are, in a word for what they are.
  var counted: String {
    switch unit {
    case .channels: turboctl.counted(channels, "channel", "channels")
    case .receivers: turboctl.counted(channels, "receiver", "receivers")
    }
  }

  var text: String {
    guard unit == .channels else { return counted }
    let processes = turboctl.counted(processes, "process", "processes")
    return "\(counted) in \(processes), \(overCapacity) over capacity"
  }

  func fields(_ group: GroupName, bytes: Int) -> Object {
    var fields: Object = ["group": .string(group.text)]
    switch unit {
    case .channels:
      fields["channels"] = .integer(channels)
      fields["processes"] = .integer(processes)
      fields["over_capacity"] = .integer(overCapacity)
    case .receivers: fields["receivers"] = .integer(channels)
    }
    fields["bytes"] = .integer(bytes)
    return fields
  }
}
