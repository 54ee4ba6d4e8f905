import Testing

@testable import Core

struct PrivateAudienceTests {
  private let server: RedisServer
  private let deadline = Deadline(seconds: 30)

  init() throws { server = try RedisServer() }

  private func audience(
    _ layer: CoreLayer, members: Int = 6, processes: Int = 3
  ) throws -> PrivateQueues {
    let audience = PrivateQueues(
      layer, leavingBy: server.layer(), group: try GroupName(PrivateNames.group()),
      members: members, processes: processes)
    try audience.join(deadline: deadline)
    return audience
  }

  private func messages(_ count: Int, to group: GroupName) throws -> [GroupMessage] {
    try (0..<count).map {
      let message = try Message(.object(["type": .string("bench"), "number": .integer($0)]))
      return try GroupMessage(message, to: group, as: .msgpack)
    }
  }

  private func send(_ messages: [GroupMessage], _ layer: some ChannelLayer) throws {
    try layer.send(messages, policy: SendPolicy(), deadline: deadline) { _, _ in }
  }

  @Test func namesAreAsLongAsThoseOfTheSite() {
    let processes = PrivateNames.processes(2)
    #expect(processes.allSatisfy { $0.utf8.count == "specific.".utf8.count + 32 + 1 })
    let channels = PrivateNames.channels(5, in: processes)
    #expect(channels.allSatisfy { $0.utf8.count == processes[0].utf8.count + 32 })
    #expect(Set(channels).count == 5)
    #expect(channels.map { $0.hasPrefix(processes[0]) } == [true, false, true, false, true])
  }

  @Test func itsKeysAreKnownAsOurs() {
    let process = Array(PrivateNames.processes(1)[0].utf8)
    let configuration = LayerConfiguration()
    let key = configuration.name(of: .queue(process: process))
    #expect(configuration.meaning(of: key) == .queue(process: process))
    #expect(process.isTail)
  }

  @Test func everyMemberIsReachedAndAllOfItLeaves() throws {
    let layer = server.layer()
    let audience = try audience(layer)
    #expect(
      try layer.audiences(of: [audience.group], deadline: deadline) == [audience.audience])
    try send(messages(2, to: audience.group), layer)
    try audience.leave(isAbrupt: false, deadline: deadline)
    #expect(try server.run("DBSIZE") == .integer(0))
  }

  @Test(arguments: [nil, 5, 86_400] as [Int?])
  func killedItIsGoneAfterTheLease(groupExpiry: Int?) throws {
    var configuration = LayerConfiguration()
    configuration.groupExpiry = groupExpiry
    let layer = server.layer(configuration)
    let audience = try audience(layer)
    let key = RedisCommand.Argument.text(configuration.groupKey(audience.group))
    #expect(try server.run("TTL", key) == .integer(PrivateQueues.lease))
    let now = try #require(try server.run("TIME").array?.first?.double)
    for score in try #require(try server.run("ZRANGE", key, "0", "-1", "WITHSCORES").array)
      .compactMap(\.double)
    {
      let gone = score + Double(configuration.memberLife)
      #expect(abs(gone - now - Double(PrivateQueues.lease)) < 3)
    }
  }

  @Test(
    arguments: [
      (3, 3, true), (3, 2, false), (2, 3, false), (0, 0, true), (1, 0, false),
    ])
  func clearingTellsWhetherJustTheseWait(sent: Int, expected: Int, isSo: Bool) throws {
    let layer = server.layer()
    let audience = try audience(layer)
    try send(messages(sent, to: audience.group), layer)
    let others = try messages(expected, to: audience.group)
    #expect(try audience.clear(others, deadline: deadline) == isSo)
    #expect(try audience.clear([], deadline: deadline))
  }

  @Test func clearingTellsAnotherOrder() throws {
    let layer = server.layer()
    let audience = try audience(layer)
    let messages = try messages(2, to: audience.group)
    try send(messages, layer)
    #expect(try !audience.clear(messages.reversed(), deadline: deadline))
  }

  @Test func clearingTellsThatOneOfTheQueuesLacksAMessage() throws {
    let layer = server.layer()
    let audience = try audience(layer)
    let messages = try messages(2, to: audience.group)
    try send(messages, layer)
    let keys = try layer.queueKeys(of: audience.group, deadline: deadline)
    #expect(keys.count == 3)
    try server.run("ZPOPMIN", .text(keys[2]))
    #expect(try !audience.clear(messages, deadline: deadline))
  }

  @Test func whoListensHears() throws {
    let layer = server.layer()
    let audience = try audience(layer)
    for message in try messages(3, to: audience.group) {
      try audience.listen(deadline: deadline)
      try send([message], layer)
      let heard = try audience.hear(deadline: deadline)
      #expect(heard == [Object](repeating: message.message.fields, count: 3))
    }
  }

  @Test func subscriptionsHearToo() throws {
    let layer = server.pubSubLayer()
    let audience = PrivateSubscriptions(
      layer, group: try GroupName(PrivateNames.group()), processes: 2)
    try audience.join(deadline: deadline)
    #expect(
      try layer.audiences(of: [audience.group], deadline: deadline) == [audience.audience])
    let messages = try messages(3, to: audience.group)
    try send([messages[0]], layer)
    #expect(try audience.hear(deadline: deadline).count == 2)
    try send(messages, layer)
    #expect(try !audience.clear(messages.reversed(), deadline: deadline))
    try send(messages, layer)
    #expect(try audience.clear(messages, deadline: deadline))
  }
}

struct ServerUsageTests {
  private let deadline = Deadline(seconds: 30)

  @Test(arguments: [0, 1, 5])
  func whatOthersSendIsToldFromWhatWeSend(count: Int) throws {
    let server = try RedisServer()
    let layer = server.layer()
    let client = layer.shards[0]
    func look() throws -> ServerUsage {
      try ServerUsage(of: layer, sent: { client.sent }, deadline: deadline)
    }
    _ = try look()
    var other = try server.connect()
    let before = try look()
    _ = try client.ask([RedisCommand("ECHO", "hello")], deadline)
    for _ in 0..<count { _ = try other.call(RedisCommand("PING"), deadline: deadline) }
    let work = try look().since(before)
    #expect(work.sent == "*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\n".utf8.count)
    #expect(work.others == count * "*1\r\n$4\r\nPING\r\n".utf8.count)
    #expect(try #require(work.processor) >= 0)
  }

  @Test func whatOneHostDoesNotTellNobodyKnows() {
    var work = ServerUsage.Work(sent: 1, others: 2, processor: 0.5)
    work += ServerUsage.Work(sent: 1, others: nil, processor: 0.5)
    #expect(work == ServerUsage.Work(sent: 2, others: nil, processor: 1))
  }
}
