import Testing

@testable import turboctl

struct ExcerptTests {
  @Test(arguments: [
    ("{{ a }}", 1, 80, "{{ a }}\n^\n"),
    ("é {{ a }}", 3, 80, "é {{ a }}\n  ^\n"),
    // Two cells a letter; a tab is one, and a control character as long as its escape.
    ("漢字{{ a }}", 3, 80, "漢字{{ a }}\n    ^\n"),
    ("\t{{ a }}", 2, 80, " {{ a }}\n ^\n"),
    ("\u{1B}{{ a }}", 2, 80, "\\u{1B}{{ a }}\n      ^\n"),
    // Behind the end of the line.
    ("ab", 3, 80, "ab\n  ^\n"),
    // Cut on the right, on the left, on both sides.
    ("{{ a }}0123456789", 1, 10, "{{ a }}01…\n^\n"),
    ("0123456789{{ a }}", 11, 10, "…89{{ a }}\n   ^\n"),
    ("0123456789{{ a }}0123456789", 11, 12, "…789{{ a }}…\n    ^\n"),
    ("漢字漢字漢字{{ a }}0123456789", 7, 12, "…字{{ a }}0…\n   ^\n"),
  ])
  func marksThePlaceWithinTheWidth(line: String, column: Int, width: Int, expected: String) {
    #expect(Excerpt(line, column: column).text(width: width) == expected)
  }
}
