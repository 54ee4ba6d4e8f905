/// HTML laid out for reading: a line for each block, indented by how deep it stands.
package struct HTMLOutline {
  package struct Piece: Equatable {
    package enum Kind { case tag, text, comment }

    package let kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  package struct Line {
    package let depth: Int
    package fileprivate(set) var pieces: [Piece]
  }

  private var lines: [Line] = []
  private var depth = 0
  /// The line that still grows.
  private var current: Line?
  /// Whether that line is a block's start tag and what stands in the block so far.
  private var opensBlock = false
  /// How many elements are open in which white space counts.
  private var preformatted = 0

  /// White space is shortened where a browser would shorten it; nothing else is left out.
  package static func lines(of html: String) -> [Line] {
    var outline = HTMLOutline()
    for token in HTMLTokenizer(html) { outline.add(token) }
    outline.endLine()
    return outline.lines
  }

  private mutating func add(_ token: HTMLTokenizer.Token) {
    let source = String(token.source)
    switch token.kind {
    case .text: addText(source)
    case .comment: append(.comment, source)
    case .startTag(let name, _) where Self.inline.contains(name): append(.tag, source)
    case .endTag(let name) where Self.inline.contains(name): append(.tag, source)
    case .startTag(let name, _):
      endLine()
      append(.tag, source)
      guard !Self.void.contains(name) else { return endLine() }
      if Self.preformatted.contains(name) { preformatted += 1 }
      depth += 1
      opensBlock = true
    case .endTag(let name):
      if Self.preformatted.contains(name) { preformatted = max(0, preformatted - 1) }
      if !opensBlock { endLine() }
      depth = max(0, depth - 1)
      append(.tag, source)
      endLine()
    }
  }

  private mutating func addText(_ text: String) {
    guard preformatted == 0 else {
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if number > 0 { endLine() }
        if !line.isEmpty { append(.text, String(line)) }
      }
      return
    }
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let isSpaced = text.first?.isWhitespace == true && current != nil && !isAtBlockStart
    guard !words.isEmpty else {
      if isSpaced { append(.text, " ") }
      return
    }
    append(.text, (isSpaced ? " " : "") + words + (text.last?.isWhitespace == true ? " " : ""))
  }

  /// Whether nothing but a block's start tag stands in the line: white space after it is not shown.
  private var isAtBlockStart: Bool { opensBlock && current?.pieces.count == 1 }

  private mutating func append(_ kind: Piece.Kind, _ text: String) {
    current = current ?? Line(depth: depth, pieces: [])
    current?.pieces.append(Piece(kind, text))
  }

  private mutating func endLine() {
    if let current, !current.pieces.isEmpty { lines.append(current) }
    current = nil
    opensBlock = false
  }

  /// Elements that stand within a line (HTML standard 4.5 and 4.7, and form controls).
  private static let inline: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "data", "del", "dfn", "em", "i",
    "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong",
    "sub",
    "sup", "time", "u", "var", "wbr",
  ]
  /// Elements that have no end tag, other than those above.
  private static let void: Set<String> = [
    "area", "base", "col", "embed", "hr", "link", "meta", "source", "track",
  ]
  private static let preformatted: Set<String> = ["pre", "textarea", "script", "style"]
}
