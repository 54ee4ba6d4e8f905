import Testing

@testable import Core

struct TextTableTests {
  private let table = TextTable(
    [.init("GROUP"), .init("N", isNumber: true), .init("JOINED")],
    rows: [["turbo_stream.chat_1", "7", "2s ago"], ["g", "1234", ""]])

  @Test func alignsTextLeftAndNumbersRight() {
    #expect(
      table.lines() == [
        "GROUP                   N  JOINED",
        "turbo_stream.chat_1     7  2s ago",
        "g                    1234",
      ])
  }

  @Test(arguments: [
    (33, "turbo_stream.chat_1     7  2s ago"), (32, "turbo_str…m.chat_1     7  2s ago"),
    (24, "turbo…at_1     7  2s ago"), (20, "turb…t_1     7"), (14, "turb…t_1     7"),
    (8, "turb…t_1"), (5, "tu…_1"),
  ])
  func cutsTheMiddleOfTheWidestTextToFit(width: Int, line: String) {
    let lines = table.lines(width: width)
    #expect(lines[1] == line)
    #expect(lines.allSatisfy { $0.cellWidth <= width })
  }

  @Test func drivesNoTerminalAndKeepsARowOneLine() {
    let lines = TextTable([.init("A")], rows: [["\u{1B}[2J\r\n\u{9B}x"]]).lines()
    #expect(lines == ["A", "\\u{1B}[2J\\r\\n\\u{9B}x"])
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👩‍👩‍👧", 2), ("\u{200B}", 0), ("", 0), ("한", 2),
    ("✓", 1), ("❤\u{FE0F}", 2),
  ])
  func countsTheColumnsOfATerminal(text: String, width: Int) {
    #expect(text.cellWidth == width)
  }

  @Test func alignsWideLetters() {
    let lines = TextTable([.init("A"), .init("B")], rows: [["日本", "x"], ["abcd", "y"]]).lines()
    #expect(lines == ["A     B", "日本  x", "abcd  y"])
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "ab…ef"), ("abcdef", 4, "ab…f"), ("abcdef", 1, "…"),
    ("abcdef", 0, ""), ("日本語", 5, "日…語"), ("日本語", 4, "日…"),
  ])
  func keepsBothEndsOfWhatItCuts(text: String, width: Int, cut: String) {
    #expect(text.cut(to: width) == cut)
  }
}
