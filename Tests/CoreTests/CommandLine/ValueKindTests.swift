import Testing

@testable import Core

struct ValueKindTests {
  @Test(
    arguments: [
      (
        .integer(0...Int.max), ["0", "42"], ["-1", "", "1.0", "0x1", " 1", "99999999999999999999"]
      ),
      (.integer(1...9), ["1", "9"], ["0", "10"]),
      (
        .seconds, ["10", "1.5", "500ms", "5s", "2m", "1h", "0"],
        ["-1", "1d", "ms", "", "1 s", "nan"]
      ),
      (
        .wholeSeconds, ["1", "10s", "2m", "1h", "1000ms", "1000000000"],
        ["0", "500ms", "1.5", "1500ms", "", "1000000001"]
      ),
      (.rate, ["100", "0.5/s"], ["0", "0/s", "/s", "", "-1", "5/m", "inf"]),
      (.choice(["auto", "never"]), ["auto", "never"], ["aut", "Auto", ""]),
      (.keyValue, ["a=1", "a=", "a=b=c"], ["a", "=a", "=", ""]),
      (.text, ["", "anything"], []),
    ] as [(ValueKind, [String], [String])])
  func acceptsItsOwnTextsOnly(kind: ValueKind, good: [String], bad: [String]) {
    for text in good { #expect(kind.accepts(text), "'\(text)'") }
    for text in bad { #expect(!kind.accepts(text), "'\(text)'") }
  }

  @Test(arguments: [
    ("10", 10), ("1.5", 1.5), (".5", 0.5), ("500ms", 0.5), ("5s", 5), ("2m", 120), ("1.5h", 5400),
    ("1000000000", 1e9), ("0", 0),
  ])
  func readsDurations(text: String, seconds: Double) {
    #expect(Double(duration: text) == seconds)
  }

  @Test(arguments: [
    "", "s", "ms", ".", "1.2.3", "-1", "+1", "1e3", "0x10", "nan", "inf", "1,5", "1 s", "5S",
    "1000000001", "277778h", "9999999999999999999999999999999",
  ])
  func refusesWhatIsNoDuration(text: String) {
    #expect(Double(duration: text) == nil)
  }
}
