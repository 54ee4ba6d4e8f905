import Testing

@testable import Core

struct TerminalTextTests {
  @Test(arguments: [
    ("plain ✓ é", "plain ✓ é"),
    ("a\nb\tc", "a\nb\tc"),
    ("\u{1B}[2J", "\\u{1B}[2J"),
    ("\u{1B}]52;c;eA==\u{07}", "\\u{1B}]52;c;eA==\\u{7}"),
    ("over\rwritten", "over\\rwritten"),
    ("\u{9B}31m", "\\u{9B}31m"),
    ("\u{7F}\u{0}", "\\u{7F}\\u{0}"),
    ("a\u{202E}b\u{2066}c", "a\\u{202E}b\\u{2066}c"),
    ("\r\n", "\\r\n"),
  ])
  func showsWhatWouldDriveATerminal(text: String, safe: String) {
    #expect(TerminalText.safe(text) == safe)
  }

  @Test func keepsALineOneLine() {
    #expect(TerminalText.line("a\nb\tc\u{1B}") == "a\\nb\\tc\\u{1B}")
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"),
    (1_795_420_800.123456, "2026-11-23T08:00:00.123456Z"),
    (951_782_400, "2000-02-29T00:00:00.000000Z"),
    (.nan, "1970-01-01T00:00:00.000000Z"),
    (-5, "1970-01-01T00:00:00.000000Z"),
    (1e300, "9999-12-31T23:59:59.000000Z"),
  ])
  func writesTimesAsRFC3339(seconds: Double, text: String) {
    #expect(Timestamp.text(seconds) == text)
  }
}
