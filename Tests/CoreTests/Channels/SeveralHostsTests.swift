import Testing

@testable import Core

/// A layer of two hosts: names find theirs, and one that fails takes along what lives on it alone.
struct SeveralHostsTests {
  private let soon = Deadline(seconds: 20)
  private let servers: [RedisServer]
  private let layer: CoreLayer

  init() throws {
    servers = try (0..<2).map { _ in try RedisServer() }
    layer = RedisServer.layer(over: servers)
  }

  @Test func aDeadHostTakesItsQueuesAlong() throws {
    let group = try group(on: 0)
    try join([channel(on: 0), channel(on: 1)], group)
    servers[1].stop()
    guard case .partial(let audience, 1, let failed, let fault) = try send([group])[0].outcome
    else {
      Issue.record("not partial")
      return
    }
    #expect(audience == Audience(channels: 2, processes: 2, overCapacity: 0))
    #expect(failed == [process(on: 1)])
    #expect(!fault.isUncertain)
    #expect(
      try layer.peek(Array(process(on: 0).utf8), from: 0, limit: 9, deadline: soon).count == 1)
  }

  @Test func aDeadHostTakesItsGroupsAlong() throws {
    let groups = [try group(on: 1), try group(on: 0)]
    for group in groups { try join([channel(on: 0)], group) }
    servers[1].stop()
    let deliveries = try send(groups)
    guard case .failed(.unreachable(.lost(let address, _, _))) = deliveries[0].outcome else {
      Issue.record("\(deliveries[0].outcome)")
      return
    }
    #expect(address == servers[1].address)
    #expect(deliveries[1].hasWritten)
    #expect(deliveries.map(\.group) == groups)
  }

  /// What is not known of a dead host keeps nobody from the messages on the others.
  @Test(arguments: SendPolicy.WhenFull.allCases, [0, 2])
  func whatIsAskedForIsOfTheLivingHosts(whenFull: SendPolicy.WhenFull, require: Int) throws {
    let group = try group(on: 0)
    try join([channel(on: 0), channel(on: 1)], group)
    servers[1].stop()
    var policy = SendPolicy()
    policy.whenFull = whenFull
    policy.require = require
    guard case .partial(_, 1, let failed, let fault) = try send([group], policy)[0].outcome else {
      Issue.record("not partial")
      return
    }
    #expect(failed == [process(on: 1)])
    #expect(!fault.isUncertain)
    #expect(
      try layer.peek(Array(process(on: 0).utf8), from: 0, limit: 9, deadline: soon).count == 1)
    let audience = Audience(channels: 2, processes: 2, overCapacity: 0)
    #expect(try layer.audiences(of: [group], deadline: soon) == [audience])
    policy.require = 3
    #expect(try send([group], policy)[0].outcome == .withheld(audience))
  }

  @Test func aFullQueueHoldsBackBesideADeadHost() throws {
    var configuration = LayerConfiguration()
    configuration.capacity = 1
    let layer = RedisServer.layer(over: servers, configuration)
    let group = try group(on: 0)
    try join([channel(on: 0), channel(on: 1)], group)
    servers[1].stop()
    var policy = SendPolicy()
    policy.whenFull = .fail
    guard case .partial = try send([group], policy, through: layer)[0].outcome else {
      Issue.record("not partial")
      return
    }
    #expect(
      try send([group], policy, through: layer)[0].outcome
        == .withheld(Audience(channels: 2, processes: 2, overCapacity: 1)))
    policy.whenFull = .wait
    policy.fullTimeout = 0.1
    // Given up, so that nobody is left to get it.
    guard case .failed(let fault) = try send([group], policy, through: layer)[0].outcome else {
      Issue.record("not failed")
      return
    }
    #expect(!fault.isUncertain)
    #expect(layer.givenUp == [group: [process(on: 0)]])
  }

  @Test func aSilentHostLeavesItsQueuesUncertain() throws {
    let group = try group(on: 0)
    try join([channel(on: 0), channel(on: 1)], group)
    // Connected before it falls silent.
    _ = try send([group])
    servers[1].suspend()
    defer { servers[1].resume() }
    let deliveries = try send([group], deadline: Deadline(seconds: 1))
    guard case .partial(_, 1, let failed, let fault) = deliveries[0].outcome else {
      Issue.record("\(deliveries)")
      return
    }
    #expect(failed == [process(on: 1)])
    #expect(fault.isUncertain)
  }

  @Test func aSilentHostLeavesTimeForTheOthers() throws {
    let group = try group(on: 0)
    try join([channel(on: 0), channel(on: 1)], group)
    servers[0].suspend()
    defer { servers[0].resume() }
    let other = try self.group(on: 1)
    try join([channel(on: 1)], other)
    let deliveries = try send([group, other], deadline: Deadline(seconds: 2))
    #expect(deliveries.map(\.hasWritten) == [false, true])
  }

  @Test func whatOthersHaveIsShownWithoutADeadHost() throws {
    try join([channel(on: 0)], group(on: 0))
    try join([channel(on: 0), channel(on: 1)], group(on: 1))
    _ = try send([group(on: 0), group(on: 1)])
    let whole = try layer.groups(matching: "*", deadline: soon)
    #expect(Set(whole.groups.map(\.name)) == [try group(on: 0).text, try group(on: 1).text])
    #expect(whole.groups.compactMap(\.queued).sorted() == [2, 3])
    #expect(whole.missing == [])
    servers[1].stop()
    let rest = try layer.groups(matching: "*", deadline: soon)
    #expect(rest.groups.map(\.name) == [try group(on: 0).text])
    #expect(rest.missing.count == 1)
    let queues = try layer.queues(deadline: soon)
    #expect(queues.queues.map(\.process) == [Array(process(on: 0).utf8)])
    #expect(queues.missing.count == 1)
    #expect(try layer.keys(where: { _ in true }, deadline: soon).missing.count == 1)
    #expect(try layer.ghosts(deadline: soon).missing.count == 1)
    #expect(try layer.diagnosis(deadline: soon).missing.count == 1)
    servers[0].stop()
    #expect(throws: ChannelsError.self) { try layer.groups(matching: "*", deadline: soon) }
  }

  @Test func whatWaitsOnADeadHostIsUnknown() throws {
    let group = try group(on: 0)
    try join([channel(on: 0), channel(on: 1)], group)
    _ = try send([group])
    servers[1].stop()
    let (members, _, missing) = try layer.members(of: Array(group.text.utf8), deadline: soon)
    let queued = members.map { ($0.channel, $0.queue?.queued) }
    #expect(queued.first { $0.0 == Array(channel(on: 0).utf8) }?.1 == 1)
    #expect(queued.first { $0.0 == Array(channel(on: 1).utf8) }?.1 == .some(nil))
    #expect(missing.count == 1)
    let groups = try layer.groups(matching: "*", deadline: soon).groups
    #expect(groups.map(\.queued) == [nil])
  }

  @Test func theOthersAreDiagnosedWithoutADeadHost() throws {
    let process = process(on: 0)
    try servers[0].run("ZADD", .text("asgi\(process)"), "1", "x")
    try servers[0].run("CONFIG", "SET", "maxmemory", "1")
    servers[1].stop()
    let diagnosis = try RedisServer.layer(over: servers, capacity(1)).diagnosis(deadline: soon)
    #expect(diagnosis.missing.count == 1)
    let found = diagnosis.findings.map(\.finding)
    #expect(found.contains(.fullQueues([Array(process.utf8)], capacity: 1)))
    let refusals = diagnosis.findings.filter {
      if case .layerFails = $0.finding { true } else { false }
    }
    #expect(refusals.map(\.host) == [servers[0].address])
  }

  @Test func oneQueueHearsGroupsOfEveryHost() throws {
    let groups = [try group(on: 0), try group(on: 1)]
    var membership = Membership(lease: 30, in: layer)
    try membership.join(groups, layer, deadline: soon)
    _ = try send(groups)
    let taken = try layer.take(from: membership.queue, limit: 9, waiting: 1, deadline: soon).members
    let heard = try taken.flatMap { try layer.read($0.bytes, score: $0.score).channels }
    #expect(Set(heard.compactMap(membership.group)) == Set(groups))
    #expect(try membership.renew(layer, deadline: soon) == [])
    try membership.leave(layer, deadline: soon)
    #expect(try servers.map { try $0.run("DBSIZE") } == [.integer(0), .integer(0)])
  }

  @Test func aQueueBesideItsGroupNeedsNoOtherHost() throws {
    let group = try group(on: 0)
    servers[1].stop()
    // Names are drawn: by chance, one in 256 times.
    for _ in 0..<8 {
      var membership = Membership(lease: 30, beside: group, in: layer)
      try layer.connect(toQueue: membership.queue, deadline: soon)
      try membership.join([group], layer, deadline: soon)
      try membership.leave(layer, deadline: soon)
    }
  }

  @Test func groupsOfEveryHostAreFound() throws {
    let groups = [try group(on: 0), try group(on: 1)]
    for group in groups { try join([channel(on: 0)], group) }
    var search = GroupSearch([try GroupPattern("*")], known: [])
    #expect(Set(try search.all(in: layer, deadline: soon)) == Set(groups))
  }

  @Test func removingGoesToTheRightHost() throws {
    let groups = [try group(on: 0), try group(on: 1)]
    for group in groups { try join([channel(on: 0), channel(on: 1)], group) }
    _ = try send(groups)
    let members = groups.map {
      (group: Array($0.text.utf8), channel: Array(channel(on: 1).utf8))
    }
    var removed = 0
    try layer.discard(members, deadline: soon) { removed += $0 }
    #expect(removed == 2)
    let keys = try layer.keys(where: { _ in true }, deadline: soon).keys
    #expect(keys.count == 4)
    try layer.unlink(keys, deadline: soon) { removed += $0 }
    #expect(removed == 6)
    #expect(try servers.map { try $0.run("DBSIZE") } == [.integer(0), .integer(0)])
  }

  @Test func removingGoesOnWithoutADeadHost() throws {
    let groups = [try group(on: 0), try group(on: 1)]
    for group in groups { try join([channel(on: 0)], group) }
    servers[0].stop()
    let members = groups.map {
      (group: Array($0.text.utf8), channel: Array(channel(on: 0).utf8))
    }
    var removed = 0
    #expect(throws: ChannelsError.self) {
      try layer.discard(members, deadline: soon) { removed += $0 }
    }
    #expect(removed == 1)
  }

  @Test func theLayerIsTriedOnEveryHost() throws {
    #expect(try PrivateGroup.roundTrip(through: layer, deadline: soon) != nil)
    #expect(try servers.map { try $0.run("DBSIZE") } == [.integer(0), .integer(0)])
    try servers[1].run("CONFIG", "SET", "maxmemory", "1")
    #expect(throws: ChannelsError.self) {
      try PrivateGroup.roundTrip(through: layer, deadline: soon)
    }
  }

  @Test func troublesAreOfTheirHost() throws {
    try servers[1].run("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    let findings = try layer.diagnosis(deadline: soon).findings
    let evictions = findings.filter {
      if case .eviction = $0.finding { true } else { false }
    }
    #expect(evictions.map(\.host) == [servers[1].address])
  }
}

extension SeveralHostsTests {
  private func capacity(_ capacity: Int) -> LayerConfiguration {
    var configuration = LayerConfiguration()
    configuration.capacity = capacity
    return configuration
  }

  private func name(_ stem: String, on host: Int) -> String {
    (0...).lazy.map { "\(stem)\($0)!" }
      .first { ShardRing.index(of: $0.utf8, shards: 2) == host } ?? ""
  }

  private func process(on host: Int) -> String { name("specific.", on: host) }

  private func channel(on host: Int) -> String { process(on: host) + "1" }

  private func group(on host: Int) throws -> GroupName {
    let name = (0...).lazy.map { "chat_\($0)" }
      .first { ShardRing.index(of: $0.utf8, shards: 2) == host }
    return try GroupName(name ?? "")
  }

  private func join(_ channels: [String], _ group: GroupName) throws {
    _ = try layer.join(
      channels.map { Joining(group, channel: $0, life: 86_400) }, deadline: soon)
  }

  private func send(
    _ groups: [GroupName], _ policy: SendPolicy = SendPolicy(), deadline: Deadline? = nil,
    through layer: CoreLayer? = nil
  ) throws -> [Delivery] {
    let message = try Message(.object(["type": .string("x")]))
    var deliveries = [Delivery?](repeating: nil, count: groups.count)
    try (layer ?? self.layer).send(
      groups.map { try GroupMessage(message, to: $0, as: .msgpack) }, policy: policy,
      deadline: deadline ?? soon
    ) { deliveries[$0] = $1 }
    return deliveries.compactMap { $0 }
  }
}
