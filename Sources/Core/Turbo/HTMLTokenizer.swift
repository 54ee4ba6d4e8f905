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
  private var rest: Substring.UTF8View
  /// The element whose text ends at its own end tag only.
  private var rawText: String?

  package init(_ html: String) {
    self.html = html
    rest = html[...].utf8
  }

  package mutating func next() -> Token? {
    guard !rest.isEmpty else { return nil }
    let start = rest.startIndex
    let kind: Token.Kind
    if let name = rawText {
      rawText = nil
      skipRawText(until: name)
      kind = rest.startIndex == start ? tag() ?? .text : .text
    } else {
      kind = tag() ?? text()
    }
    return Token(kind: kind, source: html[start..<rest.startIndex])
  }

  /// A tag or a comment, where one begins here.
  private mutating func tag() -> Token.Kind? {
    guard rest.first == Self.open else { return nil }
    let after = rest.dropFirst()
    switch after.first {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      rest = after
      if skip("!--") {
        // `<!-->` and `<!--->` are whole comments.
        if !skip(">"), !skip("->") { skipComment() }
      } else {
        skipMarkup()
      }
      return .comment
    case UInt8(ascii: "/"):
      guard after.dropFirst().first?.isASCIILetter == true else { return nil }
      rest = after.dropFirst()
      let name = tagName()
      _ = attributes()
      return .endTag(name: name)
    case .some(let byte) where byte.isASCIILetter:
      rest = after
      let name = tagName()
      if ["script", "style", "textarea", "title"].contains(name) { rawText = name }
      return .startTag(name: name, attributes: attributes())
    default: return nil
    }
  }

  /// Up to the next `<` that begins something.
  private mutating func text() -> Token.Kind {
    repeat {
      rest = rest.dropFirst()
      rest = rest[(rest.firstIndex(of: Self.open) ?? rest.endIndex)...]
    } while !rest.isEmpty && !rest.dropFirst().beginsMarkup
    return .text
  }

  private static let open = UInt8(ascii: "<")
  private static let close = UInt8(ascii: ">")

  private mutating func tagName() -> String {
    take { !$0.isTagSpace && $0 != UInt8(ascii: "/") && $0 != Self.close }.lowercased()
  }

  private mutating func attributes() -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    var names: Set<String> = []
    while let byte = rest.first {
      if byte == Self.close {
        rest = rest.dropFirst()
        break
      }
      if byte.isTagSpace || byte == UInt8(ascii: "/") {
        rest = rest.dropFirst()
        continue
      }
      let name = attributeName().lowercased()
      let value = attributeValue()
      if names.insert(name).inserted { attributes.append((name, value)) }
    }
    return attributes
  }

  /// Its first byte belongs to it whatever it is, an equals sign even.
  private mutating func attributeName() -> String {
    let end = rest.dropFirst().firstIndex { $0.endsAttributeName } ?? rest.endIndex
    defer { rest = rest[end...] }
    return String(Substring(rest[..<end]))
  }

  private mutating func attributeValue() -> String {
    _ = take { $0.isTagSpace }
    guard skip("=") else { return "" }
    _ = take { $0.isTagSpace }
    for quote in [UInt8(ascii: "\""), UInt8(ascii: "'")] where rest.first == quote {
      rest = rest.dropFirst()
      let value = take { $0 != quote }
      rest = rest.dropFirst()
      return value.htmlUnescaped
    }
    return take { !$0.isTagSpace && $0 != Self.close }.htmlUnescaped
  }

  private mutating func skipComment() {
    while let dash = rest.firstIndex(of: UInt8(ascii: "-")) {
      rest = rest[dash...]
      if skip("-->") { return }
      rest = rest.dropFirst()
    }
    rest = rest.dropFirst(rest.count)
  }

  private mutating func skipMarkup() {
    rest = rest[(rest.firstIndex(of: Self.close) ?? rest.endIndex)...].dropFirst()
  }

  /// Past the text of an element in which no tag begins but its own end.
  private mutating func skipRawText(until name: String) {
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      if String(Substring(rest.prefix(name.utf8.count + 2))).lowercased() == "</\(name)" { return }
      rest = rest.dropFirst()
    }
    rest = rest.dropFirst(rest.count)
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let expected = "\(text)".utf8
    guard rest.starts(with: expected) else { return false }
    rest = rest.dropFirst(expected.count)
    return true
  }

  private mutating func take(while isPart: (UInt8) -> Bool) -> String {
    let taken = rest.prefix(while: isPart)
    rest = rest[taken.endIndex...]
    return String(Substring(taken))
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

  /// Tab, line feed, form feed, carriage return, space.
  fileprivate var isTagSpace: Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(self) }

  fileprivate var endsAttributeName: Bool {
    isTagSpace || [UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "/")].contains(self)
  }
}

extension Substring.UTF8View {
  /// Whether a `<` before this would begin a tag or a comment.
  fileprivate var beginsMarkup: Bool {
    switch first {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): true
    case UInt8(ascii: "/"): dropFirst().first?.isASCIILetter == true
    case let byte: byte?.isASCIILetter == true
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
