import Testing

@testable import Core

struct ShellPatternTests {
  /// As Python's `fnmatch.fnmatchcase` answers.
  @Test(arguments: [
    ("*", "", true), ("*", "specific.a!1", true), ("specific.*!*", "specific.a!1", true),
    ("specific.*!", "specific.a!1", false), ("Specific*", "specific.a", false),
    ("?", "é", true), ("?", "", false), ("a?c", "abc", true), ("a*b*c", "aXbYbZc", true),
    ("a*b*c", "aXbYbZ", false), ("[abc]x", "bx", true), ("[!abc]x", "bx", false),
    ("[a-c]", "b", true), ("[!a-c]", "d", true), ("[]]", "]", true), ("[!]]", "]", false),
    ("[", "[", true), ("[a", "[a", true), ("[!", "[!", true), ("[a-]", "-", true),
    ("[-a]", "-", true), ("[--a]", "0", true), ("[c-a]", "b", false), ("[c-a]", "c", false),
    ("[!c-a]", "b", true), ("[a-c-e]", "-", true), ("[a-c-e]", "d", false), ("[^a]", "^", true),
    ("[^a]", "b", false), ("a.c", "abc", false), ("a\\c", "a\\c", true), ("[\\]", "\\", true),
    ("a", "a\n", false), ("a*", "a\n", true),
  ])
  func matchesAsPythonDoes(pattern: String, name: String, matches: Bool) {
    #expect(ShellPattern(pattern).matches(name) == matches)
  }

  @Test func theFirstPatternThatMatchesCounts() {
    var configuration = LayerConfiguration()
    configuration.channelCapacity = [
      .init(pattern: "specific.*", capacity: 7), .init(pattern: "*!1", capacity: 8),
    ]
    let capacities = Capacities(configuration)
    #expect(capacities[Array("specific.a!1".utf8)] == 7)
    #expect(capacities[Array("other.a!1".utf8)] == 8)
    #expect(capacities[Array("other.a!2".utf8)] == 100)
  }
}
