import Core

/// What a `pipe` has brought to its groups.
struct PipeReport {
  struct Total {
    var messages = 0
    /// Bytes of the text that the group has.
    var text = 0
    /// Of the HTML.
    var bytes = 0
    /// Messages times the processes that dropped them.
    var overCapacity = 0
    /// Whom the last message reached.
    var audience: Audience?
  }

  private(set) var groups: [(name: GroupName, total: Total)]

  init(_ groups: [GroupName]) { self.groups = groups.map { ($0, Total()) } }

  /// - Parameter text: bytes of the text that the group has with this message.
  mutating func add(_ delivery: Delivery, text: Int, bytes: Int) {
    guard let place = groups.firstIndex(where: { $0.name == delivery.group }) else { return }
    switch delivery.outcome {
    case .delivered(let audience, _), .partial(let audience, _, _, _):
      groups[place].total.messages += 1
      groups[place].total.text = text
      groups[place].total.bytes += bytes
      groups[place].total.overCapacity += audience.overCapacity
      groups[place].total.audience = audience
    case .withheld, .duplicate, .failed: break
    }
  }

  var isEmpty: Bool { groups.allSatisfy { $0.total.messages == 0 } }

  func print(
    elapsed: Double, _ global: GlobalOptions, _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    for (name, total) in groups {
      if global.isJSON {
        try console.print(total.fields(name, elapsed: elapsed))
      } else {
        let seconds = "\(readable(milliseconds: elapsed * 1000)) ms"
        let nobody = total.audience?.channels == 0 ? " (no subscribers)" : ""
        try console.print(
          "\(name.text): \(total.text(hasOverflow: true)), "
            + (elapsed < 1 ? seconds : "\(readable(milliseconds: elapsed)) s") + nobody)
      }
    }
  }

  /// What was delivered before an error.
  var text: String {
    groups.map { name, total in
      "\(groups.count > 1 ? "\(name.text): " : "")\(total.text(hasOverflow: false))"
    }.joined(separator: ", ")
  }
}

extension PipeReport.Total {
  fileprivate func text(hasOverflow: Bool) -> String {
    let full = hasOverflow && overCapacity > 0 ? ", \(overCapacity) over capacity" : ""
    return counted(messages, "message", "messages") + full
      + ", \(counted(text, "byte", "bytes")) of text"
  }

  fileprivate func fields(_ name: GroupName, elapsed: Double) -> Object {
    var fields = audience?.fields(name, bytes: bytes) ?? ["group": .string(name.text)]
    if audience?.unit == .channels { fields["over_capacity"] = .integer(overCapacity) }
    fields["messages"] = .integer(messages)
    fields["text_bytes"] = .integer(text)
    fields["elapsed_ms"] = .double(milliseconds(elapsed))
    return fields
  }
}
