/// Finds the `<turbo-stream>` elements in a message's HTML, as a page would see them.
///
/// A tokenizer of tags and attributes after the HTML standard (13.2.5), enough to know where a tag
/// begins and ends; what stands inside a `<template>` belongs to its element, not to the message.
package struct StreamMarkup {
  private var rest: Substring.UTF8View
  private var templateDepth = 0

  /// Each element's attributes, in order; of an attribute given twice the first counts.
  package static func elements(in html: String) -> [[(name: String, value: String)]] {
    var markup = StreamMarkup(rest: html[...].utf8)
    var elements: [[(name: String, value: String)]] = []
    while let tag = markup.nextTag() {
      switch tag.name {
      case "template": markup.templateDepth += 1
      case "/template": markup.templateDepth = max(0, markup.templateDepth - 1)
      case "turbo-stream" where markup.templateDepth == 0: elements.append(tag.attributes)
      case "script", "style", "textarea", "title": markup.skipRawText(until: tag.name)
      default: break
      }
    }
    return elements
  }

  private typealias Tag = (name: String, attributes: [(name: String, value: String)])

  /// The next start or end tag; an end tag's name begins with `/`.
  private mutating func nextTag() -> Tag? {
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[rest.index(after: open)...]
      if skip("!--") {
        // `<!-->` and `<!--->` are whole comments.
        if !skip(">"), !skip("->") { skipComment() }
        continue
      }
      let slash = skip("/") ? "/" : ""
      guard let first = rest.first, first.isASCIILetter else { continue }
      let name = slash + take { !$0.isTagSpace && $0 != UInt8(ascii: "/") && $0 != Self.close }
      return (name.lowercased(), attributes())
    }
    return nil
  }

  private static let close = UInt8(ascii: ">")

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
