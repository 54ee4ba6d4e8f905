import Testing

@testable import Core

/// A layer as it is found: what counts, what does not, and that looking changes nothing.
struct InventoryTests {
  private let soon = Deadline(seconds: 20)
  private let server: RedisServer

  init() throws {
    server = try RedisServer()
  }

  @Test func countsChannelsProcessesAndTails() throws {
    try join("g", ["specific.a!1": -30, "specific.a!2": -20, "specific.b!1": -10])
    try join("g", ["turboctl.t!0": -80_000])
    let layer = server.layer()
    let (groups, now, _) = try layer.groups(matching: "*", deadline: soon)
    let group = try #require(groups.first)
    #expect(groups.count == 1)
    #expect(group.name == "g")
    #expect([group.channels, group.processes, group.tails] == [3, 2, 1])
    let joined = try #require(group.joined)
    #expect(abs(now - joined.lowerBound - 30) < 5)
    #expect(abs(now - joined.upperBound - 10) < 5)
  }

  @Test func leavesOutWhatExpiredAndWhatIsNoGroup() throws {
    try join("old", ["specific.a!1": -86_402])
    try join("mixed", ["specific.a!1": -86_402, "specific.a!2": -86_300])
    _ = try call("SET", "asgi:group:text", "x")
    try join("other", ["specific.a!1": 0], prefix: "bsgi")
    let layer = server.layer()
    let groups = try layer.groups(matching: "*", deadline: soon).groups
    #expect(groups.map(\.name) == ["mixed"])
    #expect(groups.map(\.channels) == [1])
  }

  @Test func addsUpTheQueuesOfAGroupsProcesses() throws {
    try join("g", ["specific.a!1": 0, "specific.a!2": 0, "specific.b!1": 0, "specific.idle!1": 0])
    try join("h", ["specific.b!1": 0])
    try join("tail", ["turboctl.t!0": 0])
    try queue("specific.a!", ages: [50, 10])
    try queue("specific.b!", ages: [70])
    try queue("turboctl.t!", ages: [5])
    let layer = server.layer()
    let (groups, now, _) = try layer.groups(matching: "*", deadline: soon)
    let byName = Dictionary(uniqueKeysWithValues: groups.map { ($0.name, $0) })
    #expect(byName["g"]?.queued == 3)
    #expect(byName["h"]?.queued == 1)
    #expect(byName["tail"]?.queued == 0)
    let oldest = try #require(byName["g"]?.oldest)
    #expect(abs(now - oldest - 70) < 5)
    #expect(byName["tail"]?.oldest == nil)
  }

  @Test func findsEachGroupOnceAmongManyKeys() throws {
    for number in 0..<3000 { try join("g\(number)", ["specific.a!1": 0]) }
    for number in 0..<3000 { _ = try call("SET", "foreign\(number)", "x") }
    let layer = server.layer()
    let names = try layer.groups(matching: "*", deadline: soon).groups.map(\.name)
    #expect(names.count == 3000)
    #expect(Set(names) == Set((0..<3000).map { "g\($0)" }))
  }

  @Test func aGlobChoosesAndAPrefixIsTakenLiterally() throws {
    for name in ["chat_1", "chat_2", "room_1"] { try join(name, ["specific.a!1": 0], prefix: "a*") }
    try join("chat_3", ["specific.a!1": 0], prefix: "ab")
    var configuration = LayerConfiguration()
    configuration.prefix = "a*"
    let layer = server.layer(configuration)
    let names = try layer.groups(matching: "chat_*", deadline: soon).groups.map(\.name)
    #expect(names.sorted() == ["chat_1", "chat_2"])
  }

  @Test func showsEachMemberWithItsQueue() throws {
    try join("g", ["specific.a!1": -30, "specific.b!1": -10])
    try queue("specific.a!", ages: [50, 10])
    try queue("specific.a!$inflight", ages: [3])
    let layer = server.layer()
    let (members, now, _) = try layer.members(of: Array("g".utf8), deadline: soon)
    #expect(
      members.map { String(decoding: $0.channel, as: UTF8.self) } == [
        "specific.a!1", "specific.b!1",
      ])
    #expect(members.map(\.queue?.queued) == [2, 0])
    #expect(members.map(\.queue?.inFlight) == [1, 0])
    #expect(abs(now - (members[0].queue?.oldest ?? 0) - 50) < 5)
  }

  @Test func listsProcessesWithSomethingWaiting() throws {
    try queue("specific.a!", ages: [5, 4])
    try queue("specific.b!$inflight", ages: [1])
    try queue("worker", ages: [1])
    _ = try call("SET", "asgispecific.c!", "x")
    let layer = server.layer()
    let queues = try layer.queues(deadline: soon).queues
      .sorted { $0.process.lexicographicallyPrecedes($1.process) }
    #expect(
      queues.map { String(decoding: $0.process, as: UTF8.self) } == ["specific.a!", "specific.b!"])
    #expect(queues.map(\.state.queued) == [2, 0])
    #expect(queues.map(\.state.inFlight) == [0, 1])
  }

  @Test func aGhostIsWhoLetsAMessageWaitTooLong() throws {
    try join("g", ["specific.dead!1": 0, "specific.slow!1": 0, "specific.idle!1": 0])
    try join("h", ["specific.dead!2": 0, "turboctl.t!0": 0])
    try queue("specific.dead!", ages: [70, 1])
    try queue("specific.slow!", ages: [50])
    try queue("turboctl.t!", ages: [70])
    let layer = server.layer()
    let all = try layer.ghosts(deadline: soon).ghosts
    #expect(
      Set(all.map { String(decoding: $0.channel, as: UTF8.self) }) == [
        "specific.dead!1", "specific.dead!2",
      ])
    let some = try layer.ghosts(in: [Array("h".utf8)], deadline: soon).ghosts
    #expect(
      some.map { String(decoding: $0.group + $0.channel, as: UTF8.self) } == ["hspecific.dead!2"])
    #expect(some.map(\.queue.queued) == [2])
  }

  @Test func removesWhatItIsToldAndCounts() throws {
    try join("g", ["specific.a!1": 0, "specific.a!2": 0])
    try queue("specific.a!", ages: [1])
    _ = try call("SET", "asgi:group:text", "x")
    let layer = server.layer()
    let group = Array("g".utf8)
    #expect(
      try layer.memberships(of: ["specific.a!1", "x"], in: group, deadline: soon) == [true, false])
    var count = 0
    try layer.discard(
      [(group, Array("specific.a!1".utf8)), (group, Array("x".utf8))], deadline: soon
    ) { count += $0 }
    #expect(count == 1)
    let (keys, foreign, _) = try layer.keys(where: { _ in true }, deadline: soon)
    #expect(Set(keys) == [.group(group), .queue(process: Array("specific.a!".utf8))])
    #expect(foreign == 1)
    try layer.unlink(keys, deadline: soon) { count += $0 }
    #expect(count == 3)
    #expect(try call("KEYS", "*").array?.compactMap(\.text) == ["asgi:group:text"])
  }

  @Test func aRefusalIsAnErrorAndNoEmptyList() throws {
    try join("g", ["specific.a!1": 0])
    _ = try call("ACL", "SETUSER", "half", "on", "nopass", "~*", "+@all", "-zrangebyscore")
    var address = server.address
    address.username = "half"
    address.password = "any"
    let layer = CoreLayer(
      [RedisClient(.server(address))], configuration: LayerConfiguration())
    do throws(ChannelsError) {
      _ = try layer.groups(matching: "*", deadline: soon)
      Issue.record("it was listed all the same")
    } catch {
      guard case .refused(_, let fault) = error else { throw error }
      #expect(fault.code == "NOPERM")
    }
  }
}

extension InventoryTests {
  private func call(_ words: String...) throws -> Reply {
    var connection = try server.connect()
    return try connection.call(RedisCommand(words.map { .text($0) }), deadline: soon)
  }

  /// Joins channels, each so many seconds from now.
  private func join(_ group: String, _ members: [String: Double], prefix: String = "asgi") throws {
    for (channel, offset) in members {
      _ = try call("ZADD", "\(prefix):group:\(group)", "\(try now() + offset)", channel)
    }
  }

  /// Puts messages of these ages into a queue.
  private func queue(_ process: String, ages: [Double]) throws {
    for age in ages {
      _ = try call("ZADD", "asgi\(process)", "\(try now() - age)", "message \(age)")
    }
  }

  private func now() throws -> Double {
    try call("TIME").array?.first?.double ?? 0
  }
}
