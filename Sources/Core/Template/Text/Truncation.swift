@_spi(_Unicode) import Swift

/// Cuts text behind so many characters or words and marks the cut (`django/utils/text.py`,
/// `Truncator`).
enum Truncation {
  /// The text in its composed form (NFC), with at most `count` characters, an ellipsis among them;
  /// combining marks do not count.
  static func characters(_ text: String, _ count: Int) -> String {
    guard count > 0 else { return "" }
    let points = composed(text)
    var seen = 0
    var cut = 0
    for (index, point) in points.enumerated() where !point.isCombining {
      seen += 1
      if seen == count { cut = index }
      if seen > count { return String(points[..<cut]) + "…" }
    }
    return String(points)
  }

  /// The text's first words, single spaces between them; a space and an ellipsis mark a cut.
  static func words(_ text: String, _ count: Int) -> String {
    guard count > 0 else { return "" }
    let words = text.words
    guard words.count > count else { return words.joined(separator: " ") }
    return words.prefix(count).joined(separator: " ").marked(by: " …")
  }

  static func composed(_ text: String) -> CodePoints {
    text.utf8.allSatisfy { $0 < 0x80 }
      ? CodePoints(text) : text._nfc.map { $0 }
  }
}

extension String {
  /// The text with `mark` at its end, unless it ends so already.
  func marked(by mark: String) -> String {
    utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8) ? self : self + mark
  }
}

extension Unicode.Scalar {
  /// Whether it combines with the character before it (`unicodedata.combining`).
  var isCombining: Bool {
    !isASCII && properties.canonicalCombiningClass != .notReordered
  }
}
