import Testing

@testable import Core

struct CoreLayerTests {
  private let soon = Deadline(seconds: 20)
  private let group: GroupName

  init() throws {
    group = try GroupName("turbo_stream.chat_1")
  }

  @Test func nobodyListensAndThatIsNoError() throws {
    let server = try RedisServer()
    let layer = server.layer()
    #expect(try send(layer) == .delivered(audience(0, 0, 0), fault: nil))
  }

  @Test func countsChannelsAndProcesses() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1", "specific.a!2", "specific.b!1", "plain"], layer)
    #expect(try send(layer) == .delivered(audience(4, 3, 0), fault: nil))
    #expect(try names(in: "specific.a!", layer) == [["specific.a!1", "specific.a!2"]])
    #expect(try names(in: "specific.b!", layer) == [["specific.b!1"]])
    #expect(try names(in: "plain", layer) == [["plain"]])
  }

  @Test func leavesOutMembersThatExpired() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1"], layer)
    try join(["specific.old!1"], layer, offset: -86_401)
    #expect(try send(layer) == .delivered(audience(1, 1, 0), fault: nil))
    #expect(try names(in: "specific.old!", layer) == [])
  }

  @Test func dropsAtCapacityAndCountsTheProcess() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.capacity = 2
    let layer = server.layer(configuration)
    try join(["specific.a!1"], layer)
    for _ in 0..<2 { _ = try send(layer) }
    try join(["specific.b!1"], layer)
    #expect(try send(layer) == .delivered(audience(2, 2, 1), fault: nil))
    #expect(try names(in: "specific.a!", layer).count == 2)
    #expect(try names(in: "specific.b!", layer).count == 1)
  }

  @Test(arguments: [("require", 3, SendPolicy.WhenFull.drop), ("full", 0, .fail)])
  func writesNothingThatThePolicyForbids(
    name: String, require: Int, whenFull: SendPolicy.WhenFull
  ) throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.capacity = 1
    let layer = server.layer(configuration)
    try join(["specific.a!1", "specific.b!1"], layer)
    _ = try send(layer)
    _ = try layer.take(from: "specific.b!", limit: 1, waiting: 1, deadline: soon)
    var policy = SendPolicy()
    policy.require = require
    policy.whenFull = whenFull
    #expect(try send(layer, policy) == .withheld(audience(2, 2, 1)))
    #expect(try names(in: "specific.b!", layer) == [])
  }

  @Test func looksWithoutWriting() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1"], layer)
    #expect(try layer.audiences(of: [group], deadline: soon) == [audience(1, 1, 0)])
    #expect(try names(in: "specific.a!", layer) == [])
  }

  @Test func reportsExactlyWhichQueuesFailed() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1", "specific.b!1"], layer)
    // A user who may write one process's queue and not the other's.
    var connection = try server.connect()
    _ = try connection.call(
      RedisCommand(
        "ACL", "SETUSER", "half", "on", "nopass", "+@all", "~asgi:group:*", "%R~*",
        "~asgispecific.a!"),
      deadline: soon)
    var address = server.address
    address.username = "half"
    address.password = "any"
    let half = CoreLayer(
      [RedisClient(.server(address))], configuration: LayerConfiguration())
    guard
      case .partial(audience(2, 2, 0), written: 1, let failed, .refused(_, let fault)) = try send(
        half)
    else {
      Issue.record("not partial")
      return
    }
    #expect(failed == ["specific.b!"])
    #expect(fault.text.contains("can't access at least one of the keys"))
    #expect(try names(in: "specific.a!", layer).count == 1)
    #expect(try names(in: "specific.b!", layer) == [])
  }

  @Test func aQueueOfAnotherTypeKeepsNobodyElseFromTheMessage() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1", "specific.b!1"], layer)
    var connection = try server.connect()
    _ = try connection.call(RedisCommand("SET", "asgispecific.a!", "x"), deadline: soon)
    guard case .partial(_, written: 1, let failed, .refused(_, let fault)) = try send(layer) else {
      Issue.record("not partial")
      return
    }
    #expect(failed == ["specific.a!"])
    #expect(fault.code == "WRONGTYPE")
    #expect(try names(in: "specific.b!", layer).count == 1)
  }

  @Test func joiningLeavesAKeyThatLivesForEverAlone() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1"], layer)
    var connection = try server.connect()
    _ = try connection.call(
      RedisCommand("PERSIST", "asgi:group:turbo_stream.chat_1"), deadline: soon)
    try join(["specific.b!1"], layer)
    #expect(try layer.lives(of: [group], deadline: soon)[0].left == -1)
  }

  @Test(arguments: [
    ("READONLY", RedisCommand("REPLICAOF", "127.0.0.1", "1")),
    ("OOM", RedisCommand("CONFIG", "SET", "maxmemory", "1")),
    ("NOREPLICAS", RedisCommand("CONFIG", "SET", "min-replicas-to-write", "1")),
  ])
  func aServerThatTakesNoWritesRefuses(code: String, command: RedisCommand) throws {
    let server = try RedisServer(["--replica-serve-stale-data", "yes"])
    let layer = server.layer()
    try join(["specific.a!1"], layer)
    var connection = try server.connect()
    #expect(try connection.call(command, deadline: soon) == .status("OK"))
    guard case .failed(.refused(_, let error)) = try send(layer) else {
      Issue.record("not refused")
      return
    }
    #expect(error.code == code)
    let queued = RedisCommand("EXISTS", "asgispecific.a!")
    #expect(try connection.call(queued, deadline: soon) == .integer(0))
  }

  @Test func anUnknownScriptIsSentOnceMoreAndDeliversOnce() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["specific.a!1"], layer)
    var connection = try server.connect()
    for _ in 0..<3 {
      _ = try connection.call(RedisCommand("SCRIPT", "FLUSH"), deadline: soon)
      _ = try send(layer)
    }
    #expect(try names(in: "specific.a!", layer).count == 3)
  }

  @Test func messagesLeaveInTheOrderSent() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.capacity = 1000
    let layer = server.layer(configuration)
    try join(["specific.a!1"], layer)
    let messages = try (0..<500).map { number in
      try GroupMessage(
        try Message(.object(["type": .string("x"), "n": .integer(number)])), to: group, as: .msgpack
      )
    }
    try layer.send(messages, policy: SendPolicy(), deadline: soon) { _, _ in }
    let taken = try layer.take(from: "specific.a!", limit: 1000, waiting: 1, deadline: soon)
    #expect(taken.waiting == 500)
    let numbers = try taken.members.map {
      try layer.read($0.bytes, score: $0.score).fields["n"]
    }
    #expect(numbers == (0..<500).map { .integer($0) })
  }

  @Test func aSilentServerLeavesItUncertain() throws {
    let server = try RedisServer()
    let layer = server.layer()
    server.suspend()
    defer { server.resume() }
    let message = try GroupMessage(
      try Message(.object(["type": .string("x")])), to: group, as: .msgpack)
    #expect(
      throws: ChannelsError.uncertain(.timedOut(server.address, seconds: 0.2, written: true))
    ) {
      try layer.send([message], policy: SendPolicy(), deadline: Deadline(seconds: 0.2)) { _, _ in }
    }
  }

  @Test func aPrivateGroupLeavesNothingBehind() throws {
    let server = try RedisServer()
    let layer = server.layer()
    #expect(try PrivateGroup.roundTrip(through: layer, deadline: soon) != nil)
    var connection = try server.connect()
    #expect(try connection.call(RedisCommand("DBSIZE"), deadline: soon) == .integer(0))
  }
}

extension CoreLayerTests {
  private func audience(_ channels: Int, _ processes: Int, _ overCapacity: Int) -> Audience {
    Audience(channels: channels, processes: processes, overCapacity: overCapacity)
  }

  private func join(
    _ channels: [String], _ layer: CoreLayer, offset: Double = 0
  ) throws {
    let joinings = channels.map { Joining(group, channel: $0, offset: offset, life: 100) }
    _ = try layer.join(joinings, deadline: soon)
  }

  private func send(
    _ layer: CoreLayer, _ policy: SendPolicy = SendPolicy()
  ) throws -> Delivery.Outcome? {
    let message = try Message(.object(["type": .string("html_message"), "html": .string("x")]))
    var outcome: Delivery.Outcome?
    try layer.send([GroupMessage(message, to: group, as: .msgpack)], policy: policy, deadline: soon)
    {
      outcome = $1.outcome
    }
    return outcome
  }

  /// The channels that each message waiting in a queue is meant for; takes them off.
  private func names(in queue: String, _ layer: CoreLayer) throws -> [[String]] {
    try layer.take(from: queue, limit: 1000, waiting: 1, deadline: soon).members
      .map { try layer.read($0.bytes, score: $0.score).channels }
  }
}
