import Testing

@testable import Core

@Suite struct LexerTests {
  @Test(
    arguments: [
      ("a{{ b }}c", ["text a", "variable b", "text c"]),
      ("{% if x %}{# note #}", ["block if x", "comment note"]),
      ("{{{ a }}}", ["variable { a", "text }"]),
      ("{{ a\n }}{% b\n %}", ["text {{ a\n }}{% b\n %}"]),
      ("{{ a {{ b }}", ["variable a {{ b"]),
      (
        "{% verbatim %}{{ a }}{% endverbatim x %}{% endverbatim %}{{ b }}",
        [
          "block verbatim", "text {{ a }}", "text {% endverbatim x %}", "block endverbatim",
          "variable b",
        ]
      ),
      (
        "{% verbatim x %}{% endverbatim %}{% endverbatim x %}",
        [
          "block verbatim x", "text {% endverbatim %}", "block endverbatim x",
        ]
      ),
      ("{", ["text {"]),
      ("", []),
    ])
  func cutsTagsOutOfText(source: String, tokens: [String]) {
    let found = Lexer.tokens(of: Array(source.utf8), template: nil)
    #expect(found.map { "\($0.kind) \($0.contents)" } == tokens)
  }

  @Test func keepsThePlaceOfEachToken() {
    let tokens = Lexer.tokens(of: Array("é\n{{ a }}\n\n{% b %}".utf8), template: "t")
    #expect(tokens.map(\.location.offset) == [0, 3, 10, 12])
    #expect(tokens.map(\.line) == [1, 2, 2, 4])
  }

  @Test func readsALineOfOpenBracesOnce() {
    let source = [UInt8](repeating: UInt8(ascii: "{"), count: 1 << 20)
    #expect(Lexer.tokens(of: source, template: nil).count == 1)
  }

  @Test(
    arguments: [
      (#"a "b c" d"#, ["a", #""b c""#, "d"]),
      (#"a='b c'|d:"e f" g"#, [#"a='b c'|d:"e f""#, "g"]),
      (#"_("a b") c"#, [#"_("a b")"#, "c"]),
      (#""unclosed a"#, [#""unclosed"#, "a"]),
      (#"'a\' b' c"#, [#"'a\' b'"#, "c"]),
    ])
  func keepsQuotedWordsTogether(contents: String, words: [String]) throws {
    #expect(try SmartSplit.words(contents) == words)
  }

  @Test func needsTheEndOfATranslation() {
    #expect(throws: TemplateError.Reason.exception("StopIteration", "")) {
      try SmartSplit.words("if _('a')|upper")
    }
  }
}
