import Testing

@testable import Core

struct GroupNameTests {
  @Test(arguments: ["a", "turbo_stream.chat_1", "A-Z.0_9", String(repeating: "x", count: 99)])
  func takesWhatChannelsTakes(name: String) throws {
    #expect(try GroupName(name).text == name)
  }

  @Test(arguments: [
    ("", GroupName.Fault.empty),
    (String(repeating: "x", count: 100), .tooLong(100)),
    ("room 1", .character(" ")),
    ("a:b", .character(":")),
    ("a!b", .character("!")),
    ("é", .character("é")),
    // Python's pattern lets these two pass.
    ("room\n", .character("\n")),
    ("room٣", .character("٣")),
    ("a\r\n", .character("\r\n")),
    // A letter with a combining mark is one character, and not an ASCII one.
    ("e\u{301}", .character("e\u{301}")),
  ])
  func refusesTheRestAndSaysWhy(name: String, fault: GroupName.Fault) {
    #expect(throws: fault) { try GroupName(name) }
  }
}
