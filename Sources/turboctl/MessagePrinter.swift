import Core

/// Prints messages as `tail` shows them.
struct MessagePrinter {
  enum Format: String, CaseIterable {
    case html, json
  }

  let format: Format
  let envelope: Envelope
  /// The byte after a message in `html`.
  let terminator: UInt8
  let isQuiet: Bool

  /// Prints one member of our queue; one that is no message is said on stderr and passed over.
  ///
  /// - Returns: whether it was a message.
  func print(
    _ member: [UInt8], score: Double, _ membership: Membership, _ console: Console
  ) throws(CommandError) -> Bool {
    let message: ReceivedMessage
    do {
      message = try ReceivedMessage(member, score: score)
    } catch {
      console.note("warning: passed over \(member.count) bytes that are no message of this layer")
      return false
    }
    guard !isQuiet else { return true }
    let html = envelope.html(in: message.fields)
    do {
      switch format {
      case .html:
        let text = html ?? Value.object(message.fields).json
        let shown = console.output.isTerminal ? TerminalText.safe(text) : text
        try console.output.write(Array(shown.utf8) + [terminator])
      case .json:
        for channel in message.channels {
          let line = line(message, html, channel, membership.group(of: channel))
          try console.output.write(Value.object(line).json + "\n")
        }
      }
    } catch {
      throw .output(error)
    }
    return true
  }

  private func line(
    _ message: ReceivedMessage, _ html: String?, _ channel: String, _ group: GroupName?
  ) -> Object {
    let elements = html.map(StreamMarkup.elements) ?? []
    return [
      "time": .string(Timestamp.text(message.time)),
      "group": group.map { .string($0.text) } ?? .null,
      "channel": .string(channel),
      "html": html.map(Value.string) ?? .null,
      "message": .object(message.fields),
      "elements": .array(
        elements.map { attributes in
          .object(Object(attributes.map { ($0.name, .string($0.value)) }))
        }),
    ]
  }
}
