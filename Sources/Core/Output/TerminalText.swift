/// The one way for text from outside to a terminal: what would drive it is shown, not obeyed.
package enum TerminalText {
  /// The text with control characters written as escapes (`\u{1B}`, `\r`), line breaks and tabs kept.
  package static func safe(_ text: String) -> String {
    replace(in: text) { $0 != "\n" && $0 != "\t" }
  }

  /// The same in one line: line breaks and tabs are written as escapes too.
  package static func line(_ text: String) -> String {
    replace(in: text) { _ in true }
  }

  private static func replace(
    in text: String, where isUnwanted: (UnicodeScalar) -> Bool
  ) -> String {
    guard text.unicodeScalars.contains(where: { $0.drivesTerminals && isUnwanted($0) }) else {
      return text
    }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.drivesTerminals && isUnwanted(scalar) {
        safe.append(contentsOf: scalar.escape.unicodeScalars)
      } else {
        safe.append(scalar)
      }
    }
    return String(safe)
  }
}

extension UnicodeScalar {
  /// C0, DEL, C1, and the marks that reorder what a person reads.
  fileprivate var drivesTerminals: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  fileprivate var escape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
