import Glibc
import Testing

@testable import Core

struct MembershipTests {
  private let soon = Deadline(seconds: 20)
  private let groups: [GroupName]

  init() throws {
    groups = [try GroupName("g"), try GroupName("h")]
  }

  @Test func eachGroupHasAChannelAndAllHaveOneQueue() throws {
    let server = try RedisServer()
    let layer = server.layer()
    var membership = Membership(lease: 60, in: layer)
    try membership.join(groups, layer, deadline: soon)
    #expect(membership.channels.map(\.group) == groups)
    #expect(membership.channels.allSatisfy { $0.channel.hasPrefix(membership.queue) })
    #expect(membership.queue.hasPrefix("turboctl."))
    #expect(membership.queue.hasSuffix("!"))
    #expect(membership.group(of: membership.channels[1].channel) == groups[1])
    for channel in ["", membership.queue, membership.queue + "2", membership.queue + "-1", "a!0"] {
      #expect(membership.group(of: channel) == nil)
    }
  }

  /// Peers drop a member whose score is older than `group_expiry`: configured, seen, or a day.
  @Test(arguments: [
    (nil, nil, 86_400.0),
    (3600, nil, 3600),
    (nil, 600, 600),
  ])
  func endsAfterTheLeaseByThePeersClock(
    configured: Int?, seen: Int?, groupExpiry: Double
  ) throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.groupExpiry = configured
    let layer = server.layer(configuration)
    if let seen {
      _ = try layer.join(
        [Joining(groups[0], channel: "specific.a!1", life: seen)], deadline: soon)
    }
    var membership = Membership(lease: 30, in: layer)
    try membership.join([groups[0]], layer, deadline: soon)
    var connection = try server.connect()
    let score = try connection.call(
      RedisCommand("ZSCORE", "asgi:group:g", .text(membership.channels[0].channel)), deadline: soon)
    let now = try layer.lives(of: [groups[0]], deadline: soon)[0].now
    let end = try #require(score.double) + groupExpiry
    #expect(abs(end - now - 30) < 10)
  }

  /// The last to join has left: the newest score says nothing of when the key's life was set.
  @Test(arguments: [86_400, 600])
  func isAliveThoughTheLastToJoinHasLeft(groupExpiry: Int) throws {
    let server = try RedisServer()
    var layer = server.layer()
    _ = try layer.join(
      [Joining(groups[0], channel: "specific.a!1", offset: -400, life: groupExpiry)], deadline: soon
    )
    var membership = Membership(lease: 30, in: layer)
    try membership.join([groups[0]], layer, deadline: soon)
    var peers = LayerConfiguration()
    peers.groupExpiry = groupExpiry
    layer = server.layer(peers)
    #expect(try layer.audiences(of: [groups[0]], deadline: soon).map(\.channels) == [2])
  }

  @Test func isRenewedEveryThirdOfIt() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    var layer = server.layer(configuration)
    var membership = Membership(lease: 30, in: layer)
    try membership.join(groups, layer, deadline: soon)
    #expect(membership.interval == 10)
    // Peers that expire members sooner make the group's key end sooner too.
    configuration.groupExpiry = 6
    layer = server.layer(configuration)
    membership = Membership(lease: 30, in: layer)
    try membership.join(groups, layer, deadline: soon)
    #expect(membership.interval == 2)
  }

  @Test func tellsThatItWasDroppedAndJoinsAgain() throws {
    let server = try RedisServer()
    let layer = server.layer()
    var membership = Membership(lease: 30, in: layer)
    try membership.join(groups, layer, deadline: soon)
    #expect(try membership.renew(layer, deadline: soon) == [])
    var connection = try server.connect()
    _ = try connection.call(RedisCommand("DEL", "asgi:group:h"), deadline: soon)
    #expect(try membership.renew(layer, deadline: soon) == [groups[1]])
    #expect(try layer.audiences(of: groups, deadline: soon).map(\.channels) == [1, 1])
  }

  @Test func leavesNothingBehind() throws {
    let server = try RedisServer()
    let layer = server.layer()
    var membership = Membership(lease: 30, in: layer)
    try membership.join(groups, layer, deadline: soon)
    let message = try GroupMessage(
      try Message(.object(["type": .string("x")])), to: groups[0], as: .msgpack)
    try layer.send([message], policy: SendPolicy(), deadline: soon) { _, _ in }
    try membership.leave(layer, deadline: soon)
    var connection = try server.connect()
    #expect(try connection.call(RedisCommand("DBSIZE"), deadline: soon) == .integer(0))
  }

  /// The join is carried out, and its reply comes too late.
  @Test func leavesWhatItMayHaveJoined() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.groupExpiry = 86_400
    let layer = server.layer(configuration)
    var membership = Membership(lease: 30, in: layer)
    try membership.join([groups[0]], layer, deadline: soon)
    server.suspend()
    #expect(throws: ChannelsError.self) {
      try membership.join([groups[1]], layer, deadline: Deadline(seconds: 0.1))
    }
    server.resume()
    try membership.leave(layer, deadline: soon)
    #expect(try server.run("DBSIZE") == .integer(0))
  }

  @Test func doesNotShortenTheLifeOfTheGroup() throws {
    let server = try RedisServer()
    let layer = server.layer()
    _ = try layer.join(
      [Joining(groups[0], channel: "specific.a!1", life: 86_400)], deadline: soon)
    var membership = Membership(lease: 30, in: layer)
    try membership.join([groups[0]], layer, deadline: soon)
    #expect(try layer.lives(of: [groups[0]], deadline: soon)[0].left > 86_300)
  }

  @Test func aMembershipSweptInTimeIsMadeAPlainOne() throws {
    let server = try RedisServer()
    let layer = server.layer()
    var membership = Membership(lease: 60, in: layer)
    try membership.join(groups, layer, deadline: soon)
    try drop(groups[0], in: server)
    #expect(try membership.renew(layer, deadline: soon) == [groups[0]])
    #expect(try left(of: groups[0], in: server) > 86_000)
    #expect(try left(of: groups[1], in: server) < 61)
  }

  /// No renewal comes within a microsecond.
  @Test(arguments: [(lease: 1e-6, isAfterBreak: false), (lease: 60, isAfterBreak: true)])
  func aLateRenewalOrALostServerProvesNothing(lease: Double, isAfterBreak: Bool) throws {
    let server = try RedisServer()
    let layer = server.layer()
    var membership = Membership(lease: lease, in: layer)
    try membership.join(groups, layer, deadline: soon)
    try drop(groups[0], in: server)
    let dropped = try membership.renew(layer, isAfterBreak: isAfterBreak, deadline: soon)
    #expect(dropped == [groups[0]])
    #expect(try left(of: groups[0], in: server) <= lease + 1)
  }

  private func drop(_ group: GroupName, in server: borrowing RedisServer) throws {
    var connection = try server.connect()
    _ = try connection.call(RedisCommand("DEL", .text("asgi:group:\(group.text)")), deadline: soon)
  }

  /// Seconds until our member of the group expires.
  private func left(of group: GroupName, in server: borrowing RedisServer) throws -> Double {
    var connection = try server.connect()
    let key = RedisCommand.Argument.text("asgi:group:\(group.text)")
    let reply = try connection.call(
      RedisCommand("ZRANGE", key, "0", "-1", "WITHSCORES"), deadline: soon)
    let score = try #require(reply.array?.last?.double)
    return score + 86_400 - Timestamp.now()
  }
}
