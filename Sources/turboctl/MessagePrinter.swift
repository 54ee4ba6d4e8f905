import Core

/// Turns messages into what `tail` shows of them.
struct MessagePrinter {
  enum Format: String, CaseIterable {
    case html, pretty, json
  }

  let format: Format
  let envelope: Envelope
  /// The byte after a message in `html`.
  let terminator: UInt8

  /// The HTML, or the whole message as JSON where it has none.
  func content(of message: ReceivedMessage) -> String {
    envelope.html(in: message.fields) ?? Value.object(message.fields).json
  }

  func append(
    _ arrival: Arrival, for output: Output, to bytes: inout [UInt8]
  ) {
    let message = arrival.message
    switch format {
    case .html:
      let text = content(of: message)
      bytes += (output.isTerminal ? TerminalText.safe(text) : text).utf8
      bytes.append(terminator)
    case .pretty:
      let pretty = PrettyMessage(arrival, html: envelope.html(in: message.fields))
      for line in pretty.lines(width: output.width, style: output.style) {
        bytes += "\(line)\n".utf8
      }
    case .json:
      let html = envelope.html(in: message.fields)
      let elements = html.map(StreamMarkup.elements) ?? []
      let isLossy = !Value.object(message.fields).fitsJSON
      for (channel, group) in arrival.recipients {
        var line: Object = [
          "time": .string(Timestamp.text(message.time)),
          "group": group.map(Value.string) ?? .null,
          "channel": .string(channel),
          "html": html.map(Value.string) ?? .null,
          "message": .object(message.fields),
          "elements": .array(elements.map(Self.json)),
        ]
        if isLossy { line["lossy"] = .bool(true) }
        JSONWriter.append(.object(line), to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
  }

  private static func json(of attributes: [(name: String, value: String)]) -> Value {
    .object(Object(attributes.map { ($0.name, .string($0.value)) }))
  }
}

/// Which messages a tail is after: those with an element that has this action and this target.
struct MessageFilter {
  var action: String?
  /// An id, or the selector of `targets`.
  var target: String?

  /// The action of Turbo's that is near to one that Turbo has not; a site may have its own.
  var meantAction: String? {
    guard let action, StreamAction(rawValue: action) == nil else { return nil }
    return Suggestions.nearest(to: action, among: StreamAction.allCases.map(\.rawValue))
  }

  func accepts(_ html: String?) -> Bool {
    guard action != nil || target != nil else { return true }
    return StreamMarkup.parts(of: html ?? "").contains { part in
      part.attributes != nil && (action == nil || part["action"] == action)
        && (target == nil || part["target"] == target || part["targets"] == target)
    }
  }
}
