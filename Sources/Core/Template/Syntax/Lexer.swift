/// Splits a template into tokens; a tag never spans lines (`django/template/base.py Lexer`).
package struct Lexer {
  private let source: [UInt8]
  private let template: String?
  private var tokens: [Token] = []
  private var line = 1
  /// The tag that ends the verbatim block being read.
  private var verbatimEnd: String?
  /// Up to where each kind of tag is known not to be closed, so that no line is searched twice.
  private var unclosed: [UInt8: Int] = [:]

  private init(_ source: [UInt8], template: String?) {
    self.source = source
    self.template = template
  }

  package static func tokens(of source: [UInt8], template: String?) -> [Token] {
    var lexer = Lexer(source, template: template)
    var text = 0
    var cursor = 0
    while cursor + 1 < source.count {
      guard source[cursor] == UInt8(ascii: "{"), let end = lexer.endOfTag(at: cursor) else {
        cursor += 1
        continue
      }
      lexer.addText(text..<cursor)
      lexer.addTag(cursor..<end)
      cursor = end
      text = end
    }
    lexer.addText(text..<source.count)
    return lexer.tokens
  }

  /// The index behind the tag whose brace is at `start`.
  private mutating func endOfTag(at start: Int) -> Int? {
    let kind = source[start + 1]
    let close: UInt8
    switch kind {
    case UInt8(ascii: "{"): close = UInt8(ascii: "}")
    case UInt8(ascii: "%"), UInt8(ascii: "#"): close = kind
    default: return nil
    }
    guard start >= unclosed[kind, default: 0] else { return nil }
    var cursor = start + 2
    while cursor + 1 < source.count, source[cursor] != UInt8(ascii: "\n") {
      if source[cursor] == close, source[cursor + 1] == UInt8(ascii: "}") { return cursor + 2 }
      cursor += 1
    }
    unclosed[kind] = cursor
    return nil
  }

  private mutating func addText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    add(.text, String(decoding: source[range], as: UTF8.self), range)
  }

  /// Makes a token of a tag, or text inside a verbatim block (`Lexer.create_token`).
  private mutating func addTag(_ range: Range<Int>) {
    let inner = source[range.lowerBound + 2..<range.upperBound - 2]
    let contents = String(decoding: inner, as: UTF8.self).stripped
    switch source[range.lowerBound + 1] {
    case UInt8(ascii: "%"):
      if let end = verbatimEnd {
        guard contents == end else { return addText(range) }
        verbatimEnd = nil
      } else if contents == "verbatim" || contents.hasPrefix("verbatim ") {
        verbatimEnd = "end" + contents
      }
      add(.block, contents, range)
    case _ where verbatimEnd != nil: addText(range)
    case UInt8(ascii: "{"): add(.variable, contents, range)
    default: add(.comment, contents, range)
    }
  }

  private mutating func add(_ kind: Token.Kind, _ contents: String, _ range: Range<Int>) {
    let location = TemplateError.Location(template: template, offset: range.lowerBound)
    tokens.append(Token(kind: kind, contents: contents, location: location, line: line))
    line += source[range].count { $0 == UInt8(ascii: "\n") }
  }
}
