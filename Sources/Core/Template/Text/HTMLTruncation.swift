/// Cuts HTML behind so many characters or words of its text, and closes the tags that are open then
/// (`django/utils/text.py`, `TruncateHTMLParser`).
struct HTMLTruncation {
  enum Unit {
    case characters, words
  }

  private let unit: Unit
  private let count: Int
  /// The code points of the whole text.
  private let total: Int
  private var remaining: Int
  private var output = ""
  private var openTags: [String] = []
  /// Of text alone, cut or not.
  private var seenCharacters = 0

  private static let voidElements: Set = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame", "spacer",
  ]

  static func text(
    _ text: String, _ count: Int, _ unit: Unit
  ) throws(TemplateError.Reason) -> String {
    guard count > 0 else { return "" }
    let points = CodePoints(unit == .characters ? text.composed : text)
    var truncation = HTMLTruncation(unit: unit, count: count, total: points.count)
    var tokenizer = HTMLParser(points, decodesReferences: true)
    do throws(HTMLParser.Failure) {
      // What cannot be cut without knowing where the text ends is lost, in Django too.
      while let token = try tokenizer.next() {
        guard truncation.take(token) else {
          return truncation.output + truncation.openTags.reversed().map { "</\($0)>" }.joined()
        }
      }
    } catch {
      throw .exception("AssertionError", "unknown status keyword in marked section")
    }
    return truncation.output
  }

  private init(unit: Unit, count: Int, total: Int) {
    (self.unit, self.count, self.total) = (unit, count, total)
    // The ellipsis is one of the characters.
    remaining = unit == .characters ? count - 1 : count
  }

  /// False where the text has been cut.
  private mutating func take(_ token: HTMLToken) -> Bool {
    switch token {
    case .start(let name, let source, let isSelfClosed):
      output += source
      if !Self.voidElements.contains(name) {
        openTags.append(name)
        if isSelfClosed { close(name) }
      }
      return true
    case .end(let name):
      close(name)
      return true
    case .text(let text), .reference(let text):
      return unit == .characters ? takeCharacters(CodePoints(text)) : takeWords(text)
    }
  }

  private mutating func close(_ name: String) {
    guard !Self.voidElements.contains(name) else { return }
    output += "</\(name)>"
    if openTags.last == name { openTags.removeLast() }
  }

  private mutating func takeCharacters(_ text: CodePoints) -> Bool {
    seenCharacters += text.count
    // The last text ends just where it may: it needs no ellipsis, and is left as it is.
    if seenCharacters == count, output.length + text.count == total {
      output += String(text)
      return false
    }
    return take(String(text.prefix(remaining)).htmlEscaped, of: text.count, mark: "…")
  }

  private mutating func takeWords(_ text: String) -> Bool {
    let words = CodePoints(text).splitBetweenWords
    let taken = words.prefix(remaining).map { String($0) }.joined(separator: " ")
    return take(taken.htmlEscaped, of: words.count, mark: " …")
  }

  /// Adds what is taken of a text of `count` units.
  private mutating func take(_ text: String, of count: Int, mark: String) -> Bool {
    guard remaining >= count else {
      output += unit == .words ? text.marked(by: mark) : text + mark
      return false
    }
    remaining -= count
    output += text
    return true
  }
}

extension [Unicode.Scalar] {
  /// The text cut at white space between two words, but not at its ends.
  fileprivate var splitBetweenWords: [CodePoints] {
    guard let first = firstIndex(where: { !$0.isWhiteSpace }),
      let last = lastIndex(where: { !$0.isWhiteSpace })
    else { return [self] }
    var parts = self[first...last].split(whereSeparator: \.isWhiteSpace).map(Array.init)
    parts[0] = self[..<first] + parts[0]
    parts[parts.count - 1] += self[(last + 1)...]
    return parts
  }
}
