/// Splits at white space but for that in quotes (`django/utils/text.py smart_split`).
package enum SmartSplit {
  /// The words of `text`; `_("two words")` is one, and has to end (`Token.split_contents`).
  package static func words(_ text: String) throws(TemplateError.Reason) -> [String] {
    var bits = pieces(text)[...]
    var words: [String] = []
    while var word = bits.popFirst() {
      if word.hasPrefix("_(\"") || word.hasPrefix("_('") {
        let end = word.hasPrefix("_(\"") ? "\")" : "')"
        while !word.hasSuffix(end) {
          guard let next = bits.popFirst() else { throw .exception("StopIteration", "") }
          word += " " + next
        }
      }
      words.append(word)
    }
    return words
  }

  private static func pieces(_ text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var pieces: [String] = []
    var start = 0
    while start < scalars.count {
      if scalars[start].isWhiteSpace {
        start += 1
        continue
      }
      let end = phrase(in: scalars, from: start) ?? word(in: scalars, from: start)
      pieces.append(String(String.UnicodeScalarView(scalars[start..<end])))
      start = end
    }
    return pieces
  }

  /// The end of a word that holds at least one closed quotation; nil where there is none.
  private static func phrase(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var end: Int?
    var cursor = start
    while true {
      while cursor < scalars.count, !scalars[cursor].isWhiteSpace, !isQuote(scalars[cursor]) {
        cursor += 1
      }
      // Behind a quotation, plain characters belong to the word; before the first, they need one.
      if end != nil { end = cursor }
      guard cursor < scalars.count, isQuote(scalars[cursor]),
        let close = quotation(in: scalars, from: cursor)
      else { return end }
      cursor = close
      end = close
    }
  }

  private static func word(in scalars: [Unicode.Scalar], from start: Int) -> Int {
    scalars[start...].firstIndex(where: \.isWhiteSpace) ?? scalars.count
  }

  /// The index behind the quotation that opens at `start`.
  private static func quotation(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var cursor = start + 1
    while cursor < scalars.count {
      if scalars[cursor] == scalars[start] { return cursor + 1 }
      cursor += scalars[cursor] == "\\" ? 2 : 1
    }
    return nil
  }

  private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "'"
  }
}
