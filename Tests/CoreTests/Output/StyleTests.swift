import Testing

@testable import Core

struct StyleTests {
  @Test(
    arguments: [
      ([:], .auto), (["NO_COLOR": "1"], .never), (["NO_COLOR": ""], .auto),
      (["CLICOLOR_FORCE": "1"], .always), (["CLICOLOR_FORCE": "0"], .auto),
      (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], .never), (["TERM": "dumb"], .never),
      (["TERM": "dumb", "CLICOLOR_FORCE": "1"], .always),
    ] as [([String: String], ColorChoice)])
  func theEnvironmentChooses(environment: [String: String], choice: ColorChoice) {
    #expect(ColorChoice { environment[$0] } == choice)
  }

  @Test(arguments: [
    (ColorChoice.auto, true, true), (.auto, false, false), (.always, false, true),
    (.never, true, false),
  ])
  func coloursWhereItIsWanted(choice: ColorChoice, isTerminal: Bool, isColored: Bool) {
    let text = choice.style(isTerminal: isTerminal)(.error, "x")
    #expect(text == (isColored ? "\u{1B}[1;31mx\u{1B}[0m" : "x"))
  }

  @Test func nothingIsNotColoured() {
    #expect(Style(isColored: true)(.error, "") == "")
  }
}

struct MarkedTextTests {
  private static let plain = Style(isColored: false)

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]),
    ("one two three", 8, ["one two", "three"]),
    ("one two three", 100, ["one two three"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("日本語", 4, ["日本", "語"]),
    ("日", 1, ["日"]),
    ("", 5, [""]),
    ("a\u{1B}b", 100, ["a\\u{1B}b"]),
    ("ab\u{1B}cd", 6, ["ab", "\\u{1B}", "cd"]),
    (#"ab\u001bcd"#, 7, ["ab", #"\u001bc"#, "d"]),
    (#"ab\\ncd"#, 4, [#"ab\\"#, "ncd"]),
    (#"\u001b"#, 3, [#"\u0"#, "01b"]),
  ])
  func isCutAtSpacesOrElseAnywhere(text: String, width: Int, rows: [String]) {
    #expect(MarkedText([(nil, text)]).rows(width: width, style: Self.plain) == rows)
  }

  @Test func eachRowIsMarkedByItself() {
    let rows = MarkedText([(.strong, "one two"), (nil, " x")])
      .rows(width: 4, style: Style(isColored: true))
    #expect(rows == ["\u{1B}[1mone\u{1B}[0m", "\u{1B}[1mtwo\u{1B}[0m", "x"])
  }
}
