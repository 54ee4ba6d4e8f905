import Testing

@testable import Core

/// A server whose answers have the form of a Redis's, and numbers that none gives.
struct AbsurdReplyTests {
  private let soon = Deadline(seconds: 20)
  private let server: ScriptedServer
  private let client: RedisClient
  private let group: GroupName

  init() throws {
    server = try ScriptedServer()
    client = try server.client()
    group = try GroupName("g")
  }

  private func layer(_ format: LayerConfiguration.SerializerFormat = .msgpack) -> CoreLayer {
    var configuration = LayerConfiguration()
    configuration.serializer = format
    return CoreLayer([client], configuration: configuration)
  }

  private func send(through layer: CoreLayer) throws -> Delivery.Outcome? {
    let message = try Message(.object(["type": .string("x")]))
    var outcome: Delivery.Outcome?
    try layer.send(
      [GroupMessage(message, to: group, as: layer.configuration.serializer)], policy: SendPolicy(),
      deadline: soon
    ) { outcome = $1.outcome }
    return outcome
  }

  /// Channels, processes and messages taken of what the script of a send says.
  @Test(arguments: [
    (1, 1, -1), (1, 1, Int.min), (Int.min, 1, 1), (1, Int.min, 1), (1, Int.max, 1), (-1, -1, 0),
    (1, 1, 2), (1, 1, 0),
  ])
  func aSendThatCountsSoIsNotUnderstood(channels: Int, processes: Int, taken: Int) throws {
    try server.send(
      "*8\r\n:\(channels)\r\n:\(processes)\r\n:\(taken)\r\n*0\r\n$3\r\nERR\r\n"
        + "*1\r\n$2\r\na!\r\n$1\r\n1\r\n*0\r\n")
    #expect(throws: ChannelsError.unexpectedReply(server.address)) {
      try send(through: layer())
    }
  }

  /// A queue that failed, by its place in the chunk.
  @Test(arguments: [Int.min, -1, 0, 2, Int.max])
  func aQueueThatIsNotInTheChunkIsNone(place: Int) throws {
    try server.send(
      "*2\r\n$1\r\n1\r\n$1\r\n0\r\n" + "*2\r\n$3\r\na!1\r\n$1\r\n1\r\n"
        + "*4\r\n*0\r\n$3\r\nERR\r\n*1\r\n:\(place)\r\n$1\r\n1\r\n")
    #expect(
      try send(through: layer(.json))
        == .delivered(
          Audience(channels: 1, processes: 1, overCapacity: 0), fault: ServerError("ERR")))
  }

  @Test(arguments: ["1e300", "-1e300", "1e17", "-1"])
  func aTimeThatIsNoneIsNotUnderstood(seconds: String) throws {
    try server.send(
      "*2\r\n$\(seconds.count)\r\n\(seconds)\r\n$1\r\n0\r\n" + "*2\r\n$3\r\na!1\r\n$1\r\n1\r\n")
    #expect(throws: ChannelsError.unexpectedReply(server.address).withNothingSent) {
      try send(through: layer(.json))
    }
  }

  @Test func aTakeHandsOverWhatItGot() throws {
    try server.send(
      "*3\r\n$6\r\nasgia!\r\n$20\r\n\(String(repeating: "x", count: 20))\r\n$1\r\n1\r\n"
        + ":\(Int.max)\r\n*0\r\n")
    let taken = try layer().take(from: "a!", limit: 9, waiting: 1, deadline: soon)
    #expect(taken.members.count == 1)
  }

  @Test func queuesThatHoldMoreThanThereIsAreSummedUp() throws {
    let count = ":\(Int.max)\r\n*0\r\n:\(Int.max)\r\n"
    try server.send(
      "*2\r\n$1\r\n9\r\n$1\r\n0\r\n" + "*2\r\n$1\r\n0\r\n*1\r\n$12\r\nasgi:group:g\r\n"
        + "*4\r\n$3\r\na!1\r\n$1\r\n1\r\n$3\r\nb!1\r\n$1\r\n1\r\n" + count + count)
    #expect(try layer().groups(matching: "*", deadline: soon).groups.map(\.processes) == [2])
  }

  @Test func whatIsRemovedIsSummedUp() throws {
    try server.send(":\(Int.max)\r\n:\(Int.max)\r\n")
    var removed = 0
    try layer().unlink(
      [.group(Array("g".utf8)), .group(Array("h".utf8))], deadline: soon
    ) { removed += $0 }
    #expect(removed >= 0)
  }

  @Test func bytesReadAreSummedUp() throws {
    for bytes in [Int.max, .min] {
      let stats = "total_net_input_bytes:\(bytes)"
      try server.send("$\(stats.count)\r\n\(stats)\r\n$0\r\n\r\n")
    }
    let first = try ServerUsage(of: layer(), sent: { 0 }, deadline: soon)
    let work = try ServerUsage(of: layer(), sent: { 1 }, deadline: soon).since(first)
    #expect(work.others == nil)
  }
}
