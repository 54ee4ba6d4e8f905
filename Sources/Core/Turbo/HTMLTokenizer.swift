/// Cuts HTML into tags, text and comments, after the HTML standard (13.2.5): enough to know where each
/// begins and ends.
package struct HTMLTokenizer: Sequence, IteratorProtocol {
  package struct Token {
    package enum Kind {
      case startTag(name: String, attributes: [(name: String, value: String)])
      case endTag(name: String)
      case text
      /// A comment, a doctype, a processing instruction.
      case comment
    }

    package let kind: Kind
    /// The part of the HTML that it is.
    package let source: Substring
  }

  private let html: String
  private let bytes: [UInt8]
  private var cursor = 0
  /// The element whose text ends at its own end tag only.
  private var rawText: String?

  package init(_ html: String) {
    self.html = html
    bytes = Array(html.utf8)
  }

  package mutating func next() -> Token? {
    guard cursor < bytes.count else { return nil }
    let start = cursor
    let kind: Token.Kind
    if let name = rawText {
      rawText = nil
      skipRawText(until: name)
      kind = cursor == start ? tag() ?? .text : .text
    } else {
      kind = tag() ?? text()
    }
    return Token(kind: kind, source: html[index(start)..<index(cursor)])
  }

  private func index(_ offset: Int) -> String.Index {
    html.utf8.index(html.startIndex, offsetBy: offset)
  }

  /// A tag or a comment, where one begins here.
  private mutating func tag() -> Token.Kind? {
    guard byte() == Self.open else { return nil }
    switch byte(1) {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      cursor += 1
      if skip("!--") { skipComment() } else { skip(past: Self.close) }
      return .comment
    case UInt8(ascii: "/"):
      guard byte(2)?.isASCIILetter == true else { return nil }
      cursor += 2
      let name = tagName()
      _ = attributes()
      return .endTag(name: name)
    case let first? where first.isASCIILetter:
      cursor += 1
      let name = tagName()
      if Self.rawTextElements.contains(name) { rawText = name }
      return .startTag(name: name, attributes: attributes())
    default: return nil
    }
  }

  /// Up to the next `<` that begins something.
  private mutating func text() -> Token.Kind {
    repeat {
      cursor += 1
      skip { $0 != Self.open }
    } while cursor < bytes.count && !beginsMarkup
    return .text
  }

  private static let open = UInt8(ascii: "<")
  private static let close = UInt8(ascii: ">")
  private static let rawTextElements = ["script", "style", "textarea", "title"]

  /// Whether the `<` here begins a tag or a comment.
  private var beginsMarkup: Bool {
    switch byte(1) {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): true
    case UInt8(ascii: "/"): byte(2)?.isASCIILetter == true
    case let first: first?.isASCIILetter == true
    }
  }

  private mutating func tagName() -> String {
    take { !$0.isTagSpace && $0 != UInt8(ascii: "/") && $0 != Self.close }.lowercased()
  }

  private mutating func attributes() -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    // The names again, once there are so many that a scan would be slow.
    var names: Set<String> = []
    while let byte = byte() {
      if byte == Self.close {
        cursor += 1
        break
      }
      if byte.isTagSpace || byte == UInt8(ascii: "/") {
        cursor += 1
        continue
      }
      let name = attributeName().lowercased()
      let value = attributeValue()
      if attributes.count < 8 {
        guard !attributes.contains(where: { $0.name == name }) else { continue }
      } else {
        if names.isEmpty { names = Set(attributes.map(\.name)) }
        guard names.insert(name).inserted else { continue }
      }
      attributes.append((name, value))
    }
    return attributes
  }

  /// Its first byte belongs to it whatever it is, an equals sign even.
  private mutating func attributeName() -> String {
    let start = cursor
    cursor += 1
    skip { !$0.endsAttributeName }
    return String(decoding: bytes[start..<cursor], as: UTF8.self)
  }

  private mutating func attributeValue() -> String {
    skip { $0.isTagSpace }
    guard skip("=") else { return "" }
    skip { $0.isTagSpace }
    if let quote = byte(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      cursor += 1
      let value = take { $0 != quote }
      cursor = Swift.min(cursor + 1, bytes.count)
      return value.htmlUnescaped
    }
    return take { !$0.isTagSpace && $0 != Self.close }.htmlUnescaped
  }

  private mutating func skipComment() {
    // `<!-->` and `<!--->` are whole comments.
    if skip(">") || skip("->") { return }
    while cursor < bytes.count, !skip("-->") {
      cursor += 1
      skip { $0 != UInt8(ascii: "-") }
    }
  }

  /// Past the text of an element in which no tag begins but its own end.
  private mutating func skipRawText(until name: String) {
    let end = Array("</\(name)".utf8)
    while cursor < bytes.count {
      if bytes[cursor...].prefix(end.count).elementsEqual(end, by: { $0.lowercase == $1 }) {
        return
      }
      cursor += 1
      skip { $0 != Self.open }
    }
  }

  private func byte(_ distance: Int = 0) -> UInt8? {
    cursor + distance < bytes.count ? bytes[cursor + distance] : nil
  }

  private mutating func skip(_ text: String) -> Bool {
    guard bytes[cursor...].starts(with: text.utf8) else { return false }
    cursor += text.utf8.count
    return true
  }

  private mutating func skip(past end: UInt8) {
    skip { $0 != end }
    cursor = Swift.min(cursor + 1, bytes.count)
  }

  private mutating func skip(while isPart: (UInt8) -> Bool) {
    while cursor < bytes.count, isPart(bytes[cursor]) { cursor += 1 }
  }

  private mutating func take(while isPart: (UInt8) -> Bool) -> String {
    let start = cursor
    skip(while: isPart)
    return String(decoding: bytes[start..<cursor], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

  fileprivate var lowercase: UInt8 { isASCIILetter ? self | 0x20 : self }

  /// Tab, line feed, form feed, carriage return, space.
  fileprivate var isTagSpace: Bool {
    switch self {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
    default: false
    }
  }

  fileprivate var endsAttributeName: Bool {
    switch self {
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "/"): true
    default: isTagSpace
    }
  }
}

extension String {
  /// The text with numeric character references and those that HTML shares with XML resolved.
  fileprivate var htmlUnescaped: String {
    guard utf8.contains(UInt8(ascii: "&")) else { return self }
    var text = ""
    var rest = self[...]
    while let ampersand = rest.firstIndex(of: "&") {
      text += rest[..<ampersand]
      rest = rest[ampersand...]
      let name = rest.dropFirst().prefix { $0 != ";" && $0 != "&" }
      if rest[name.endIndex...].first == ";", let character = Self.reference(name) {
        text.unicodeScalars.append(character)
        rest = rest[name.endIndex...].dropFirst()
      } else {
        text += "&"
        rest = rest.dropFirst()
      }
    }
    return text + rest
  }

  private static func reference(_ name: Substring) -> UnicodeScalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let code =
      digits.first.map { $0 == "x" || $0 == "X" } == true
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap { $0 == 0 ? nil : UnicodeScalar($0) }
  }
}
