extension String {
  /// The text with `&lt;`, `&#60;` and their like decoded, also where a semicolon lacks
  /// (`html/__init__.py`, `unescape`).
  var withDecodedReferences: String {
    guard utf8.contains(UInt8(ascii: "&")) else { return self }
    var decoded: [UInt8] = []
    var rest = utf8[...]
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      decoded += rest[..<ampersand]
      rest = rest[rest.index(after: ampersand)...]
      if let reference = CharacterReference(rest) {
        decoded += reference.text.utf8
        rest = rest.dropFirst(reference.length)
      } else {
        decoded.append(UInt8(ascii: "&"))
      }
    }
    return String(decoding: decoded + rest, as: UTF8.self)
  }
}

/// What stands behind an ampersand.
private struct CharacterReference {
  let text: String
  /// In bytes, the semicolon included, the ampersand not.
  let length: Int

  /// Nil where the text begins with no reference that is known.
  init?(_ text: Substring.UTF8View) {
    if text.first == UInt8(ascii: "#") {
      self.init(numeric: text.dropFirst())
    } else {
      self.init(named: text)
    }
  }

  private init?(numeric text: Substring.UTF8View) {
    let isHexadecimal = text.first == UInt8(ascii: "x") || text.first == UInt8(ascii: "X")
    let digits = text.dropFirst(isHexadecimal ? 1 : 0).prefix {
      isHexadecimal ? Unicode.Scalar($0).isASCIIHexDigit : $0.isASCIIDigit
    }
    guard !digits.isEmpty else { return nil }
    let isClosed = text[digits.endIndex...].first == UInt8(ascii: ";")
    let number = UInt32(String(Substring(digits)), radix: isHexadecimal ? 16 : 10)
    self.text = number.map(Self.text) ?? "\u{fffd}"
    length = digits.count + (isHexadecimal ? 2 : 1) + (isClosed ? 1 : 0)
  }

  private static let limit = 32

  /// The longest name that the text begins with; one without its semicolon may run on.
  private init?(named text: Substring.UTF8View) {
    let candidates = Substring(text).unicodeScalars.prefix(Self.limit)
    let run = String(candidates.prefix { !"\t\n\u{c} <&#;".unicodeScalars.contains($0) })
    let name = Array(run.utf8)
    if text.dropFirst(name.count).first == UInt8(ascii: ";"),
      let known = HTMLEntities.text(named: name, isBare: false)
    {
      self.text = known
      length = name.count + 1
      return
    }
    for count in stride(from: name.count, to: 1, by: -1) {
      guard let known = HTMLEntities.text(named: name.prefix(count), isBare: true) else { continue }
      self.text = known
      length = count
      return
    }
    return nil
  }

  /// The text of a code point as HTML has it: Windows-1252 for C1, nothing for what is invalid.
  private static func text(_ number: UInt32) -> String {
    switch number {
    case 0: "\u{fffd}"
    case 0x0d: "\r"
    case 0x80...0x9f: String(windows[Int(number - 0x80)])
    case 0x01...0x08, 0x0b, 0x0e...0x1f, 0x7f, 0xfdd0...0xfdef: ""
    case _ where number & 0xfffe == 0xfffe && number <= 0x10ffff: ""
    default: Unicode.Scalar(number).map { String($0) } ?? "\u{fffd}"
    }
  }

  private static let windows = CodePoints(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ")
}
