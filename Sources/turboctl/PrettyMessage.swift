import Core

/// A message for people: for each element a line of what it does, and its HTML laid out below.
struct PrettyMessage {
  private let time: String
  private let group: String
  private let message: ReceivedMessage
  private let html: String?

  init(_ arrival: Arrival, html: String?) {
    message = arrival.message
    time = Timestamp.clock(message.time)
    group = arrival.group ?? "?"
    self.html = html
  }

  func lines(width: Int, style: Style) -> [String] {
    guard let html else {
      let type = message.fields["type"]?.string ?? ""
      let rows = MarkedText([(nil, Value.object(message.fields).json)])
      return [heading([(.strong, type)], style)]
        + rows.rows(width: width - 2, style: style).map { "  \($0)" }
    }
    let parts = StreamMarkup.parts(of: html)
    guard !parts.isEmpty else { return [heading([(.dim, "empty")], style)] }
    return parts.flatMap { part in
      [heading(Self.summary(of: part), style)]
        + HTMLOutline.lines(of: String(part.content ?? "")).flatMap { line in
          Self.rows(line, width: width, style: style)
        }
    }
  }

  private func heading(_ pieces: [MarkedText.Piece], _ style: Style) -> String {
    let all: [MarkedText.Piece] = [(.dim, time), (nil, " "), (.name, group), (nil, " ")] + pieces
    return MarkedText(all).rows(width: .max, style: style)[0]
  }

  /// `append → messages`, then the other attributes.
  private static func summary(of part: StreamMarkup.Part) -> [MarkedText.Piece] {
    guard let attributes = part.attributes else { return [(.dim, "no element")] }
    var pieces: [MarkedText.Piece] = [(.strong, part["action"] ?? "no action")]
    if let target = part["target"] ?? part["targets"] {
      pieces += [(nil, " → "), (.strong, target)]
    }
    for (name, value) in attributes where !["action", "target", "targets"].contains(name) {
      pieces.append((.dim, " \(name)=\(value)"))
    }
    return pieces
  }

  private static let deepest = 12

  private static func rows(_ line: HTMLOutline.Line, width: Int, style: Style) -> [String] {
    let indent = 2 * (1 + min(line.depth, deepest))
    let pieces = line.pieces.map { piece -> MarkedText.Piece in
      switch piece.kind {
      case .tag: (.name, piece.text)
      case .text: (nil, piece.text)
      case .comment: (.dim, piece.text)
      }
    }
    // What does not fit goes on a little further in.
    let rows = MarkedText(pieces).rows(width: max(20, width - indent - 2), style: style)
    return rows.enumerated().map { number, row in
      String(repeating: " ", count: indent + (number > 0 ? 2 : 0)) + row
    }
  }
}
