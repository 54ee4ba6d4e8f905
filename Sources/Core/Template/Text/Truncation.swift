@_spi(_Unicode) import Swift

/// Cuts text behind so many characters or words and marks the cut (`django/utils/text.py`,
/// `Truncator`).
enum Truncation {
  /// The text in its composed form (NFC), with at most `count` characters, an ellipsis among them;
  /// combining marks do not count.
  static func characters(_ text: String, _ count: Int) -> String {
    guard count > 0 else { return "" }
    let text = text.composed
    guard text.utf8.count > count else { return text }
    let points = text.unicodeScalars
    var seen = 0
    var cut = points.startIndex
    for index in points.indices where !points[index].isCombining {
      seen += 1
      if seen == count { cut = index }
      if seen > count { return String(points[..<cut]) + "…" }
    }
    return text
  }

  /// The text's first words, single spaces between them; a space and an ellipsis mark a cut.
  static func words(_ text: String, _ count: Int) -> String {
    guard count > 0 else { return "" }
    let words = text.words
    guard words.count > count else { return words.joined(separator: " ") }
    return words.prefix(count).joined(separator: " ").marked(by: " …")
  }
}

extension String {
  /// The text in its composed form (NFC).
  var composed: String {
    unicodeScalars.allSatisfy(\.isInert) ? self : String(_nfc.map { $0 })
  }

  /// The text with `mark` at its end, unless it ends so already.
  func marked(by mark: String) -> String {
    utf8.suffix(mark.utf8.count).elementsEqual(mark.utf8) ? self : self + mark
  }
}

extension Unicode.Scalar {
  /// Whether no composition changes it, as far as most texts need to know.
  fileprivate var isInert: Bool {
    switch value {
    case 0..<0x300, 0x2010...0x2027, 0x4e00...0x9fff, 0x1f300...0x1faff: true
    default: false
    }
  }

  /// Whether it combines with the character before it (`unicodedata.combining`).
  var isCombining: Bool {
    !isASCII && properties.canonicalCombiningClass != .notReordered
  }
}
