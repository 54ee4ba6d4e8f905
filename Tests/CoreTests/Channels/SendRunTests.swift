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

  @Test func runsKeepTheOrderOfEachGroup() throws {
    let messages = try ["a", "b", "a", "c", "b", "a"].map { try message($0) }
    let runs = SendRun.runs(of: messages)
    #expect(runs.map(\.group.text) == ["a", "b", "c"])
    #expect(runs.map { Array($0.places) } == [[0, 2, 5], [1, 4], [3]])
  }

  @Test func aCallTakesAThousandMessagesOrAMegabyteOrOneWithAMarker() throws {
    let many = try Array(repeating: message("a"), count: 1500)
    #expect(SendRun.runs(of: many)[0].next(of: many).count == 1000)
    let large = try Array(repeating: message("a", size: 300_000), count: 5)
    #expect(SendRun.runs(of: large)[0].next(of: large).count == 3)
    let huge = try Array(repeating: message("a", size: 3_000_000), count: 2)
    #expect(SendRun.runs(of: huge)[0].next(of: huge).count == 1)
    let marked = try [message("a"), message("a", once: "7"), message("a")]
    var run = SendRun.runs(of: marked)[0]
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
