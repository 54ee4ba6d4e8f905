import Testing

@testable import Core

struct ShellWordsTests {
  @Test(arguments: [
    ("", [[]]),
    ("toy send  g", [["toy", "send", "g"]]),
    ("toy --html 'a b' \"c d\"", [["toy", "--html", "a b", "c d"]]),
    ("toy ''", [["toy", ""]]),
    ("a'b'\"c\"d", [["abcd"]]),
    ("'it\"s' \"it's\"", [["it\"s", "it's"]]),
    (#"a\ b "c\"d" 'e\'"#, [["a b", "c\"d", "e\\"]]),
    ("date | toy send|cat", [["date"], ["toy", "send"], ["cat"]]),
    ("'a|b' 'c>d'", [["a|b", "c>d"]]),
    ("toy send < in > out g", [["toy", "send", "g"]]),
    ("toy >>log", [["toy"]]),
  ])
  func splitsAsAShell(line: String, words: [[String]]) {
    #expect(ShellWords.pipe(line) == words)
  }
}
