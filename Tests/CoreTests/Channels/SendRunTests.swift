import Testing

@testable import Core

/// Messages on their way: by group, in order, as many as one call takes.
struct SendRunTests {
  private func message(_ group: String, size: Int = 1, once: String? = nil) throws -> GroupMessage {
    let html = String(repeating: "x", count: size)
    let fields: Object = ["type": .string("html_message"), "html": .string(html)]
    var message = try GroupMessage(
      try Message(.object(fields)), to: try GroupName(group), as: .msgpack)
    message.once = once
    return message
  }

  /// All of one group.
  private func run(_ messages: [GroupMessage]) -> SendRun {
    SendRun.runs(messages.indices, of: messages, atMost: 1)[0]
  }

  @Test(arguments: [
    ("aab", 9, "aa b"), ("abc", 9, "a b c"), ("aba", 9, "a b"), ("abbcaab", 9, "a bb c"),
    ("aab", 1, "aa"), ("", 9, ""),
  ])
  func runsThatGoOutTogetherHaveAGroupOnce(
    _ groups: String, _ limit: Int, _ expected: String
  ) throws {
    let messages = try groups.map { try message(String($0)) }
    let runs = SendRun.runs(messages.indices, of: messages, atMost: limit)
    let texts = runs.map { run in run.places.map { messages[$0].group.text }.joined() }
    #expect(texts.joined(separator: " ") == expected)
  }

  @Test func aCallTakesAThousandMessagesOrAMegabyteOrOneWithAMarker() throws {
    let many = try Array(repeating: message("a"), count: 1500)
    #expect(run(many).next(of: many).count == 1000)
    let large = try Array(repeating: message("a", size: 300_000), count: 5)
    #expect(run(large).next(of: large).count == 3)
    let huge = try Array(repeating: message("a", size: 3_000_000), count: 2)
    #expect(run(huge).next(of: huge).count == 1)
    let marked = try [message("a"), message("a", once: "7"), message("a")]
    var run = run(marked)
    for place in marked.indices {
      #expect(Array(run.next(of: marked)) == [place])
      run.places = run.places.dropFirst()
    }
  }

  @Test func aQueueIsGivenUpWhenItsOldestMessageStays() throws {
    let group = try GroupName("g")
    var patience = SendPatience()
    var givenUp: [Int] = []
    for oldest: UInt8 in [1, 2, 2] {
      let queue = SendReply.FullQueue(process: "specific.a!", room: 0, oldest: [oldest])
      patience.note([queue], of: group, limit: 0)
      givenUp.append(patience.givenUp[group]?.count ?? 0)
    }
    #expect(givenUp == [0, 0, 1])
    #expect(patience.givenUp == [group: ["specific.a!"]])
    // The queue is the same to another group, which need not wait for it again.
    let other = try GroupName("h")
    patience.note(
      [SendReply.FullQueue(process: "specific.a!", room: 0, oldest: [2])], of: other, limit: 0)
    #expect(patience.givenUp[other] == ["specific.a!"])
  }
}
