import Testing

@testable import Core

struct SuggestionsTests {
  static let actions = [
    "append", "prepend", "replace", "update", "remove", "before", "after", "refresh",
  ]

  @Test(
    arguments: [
      ("apend", "append"), ("Append", "append"), ("updtae", "update"), ("pdate", "update"),
      ("refesh", "refresh"), ("preppend", "prepend"), ("bef", "before"), ("repl", "replace"),
      // Several begin so, none is near, or the word is too short to tell.
      ("re", nil), ("delete", nil), ("b", nil), ("", nil), ("innerHTML", nil),
    ] as [(String, String?)])
  func findsTheNearestName(typed: String, expected: String?) {
    #expect(Suggestions.nearest(to: typed, among: Self.actions) == expected)
  }

  @Test func prefersTheNearestAndThenTheFirst() {
    #expect(Suggestions.nearest(to: "targts", among: ["target", "targets"]) == "targets")
    #expect(Suggestions.nearest(to: "lisy", among: ["lisa", "list"]) == "lisa")
    #expect(Suggestions.nearest(to: "anything", among: []) == nil)
  }

  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "abd", 1),
    ("abc", "acb", 1), ("abc", "ab", 1), ("ca", "abc", 3), ("kitten", "sitting", 3),
  ])
  func countsEdits(left: String, right: String, expected: Int) {
    #expect(Suggestions.distance(Array(left), Array(right)) == expected)
  }
}
