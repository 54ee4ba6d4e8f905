import Testing

@testable import Core

struct WrappingTests {
  @Test(
    arguments: [
      ("", []),
      ("one", ["one"]),
      ("one two three", ["one two", "three"]),
      ("one  two", ["one two"]),
      ("one\ntwo", ["one two"]),
      ("one\n\ntwo", ["one", "", "two"]),
      ("incomprehensible word", ["incomprehensible", "word"]),
      ("a\n  kept as it stands\nb", ["a", "  kept as it stands", "b"]),
    ] as [(String, [String])])
  func breaksBetweenWords(text: String, lines: [String]) {
    #expect(wrapped(text, width: 8) == lines)
  }

  @Test func countsTheIndentAsWidth() {
    #expect(wrapped("one two\n\n  x", width: 8, indent: 2) == ["  one", "  two", "", "    x"])
  }
}
