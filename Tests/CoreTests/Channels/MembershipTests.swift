import Testing

@testable import Core

struct MembershipTests {
  private let soon = Deadline(seconds: 10)
  private let groups: [GroupName]

  init() throws {
    groups = [try GroupName("g"), try GroupName("h")]
  }

  @Test func eachGroupHasAChannelAndAllHaveOneQueue() {
    let membership = Membership(groups: groups, lease: 60)
    #expect(membership.channels.map(\.group) == groups)
    #expect(membership.channels.allSatisfy { $0.channel.hasPrefix(membership.queue) })
    #expect(membership.queue.hasPrefix("turboctl."))
    #expect(membership.queue.hasSuffix("!"))
    #expect(membership.group(of: membership.channels[1].channel) == groups[1])
    #expect(membership.group(of: "specific.a!1") == nil)
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
    var layer = try server.layer(configuration)
    if let seen {
      _ = try layer.join(groups[0], channel: "specific.a!1", life: seen, deadline: soon)
    }
    var membership = Membership(groups: [groups[0]], lease: 30)
    try membership.join(&layer, deadline: soon)
    var connection = try server.connect()
    let score = try connection.call(
      RedisCommand("ZSCORE", "asgi:group:g", .text(membership.channels[0].channel)), deadline: soon)
    let now = try layer.life(of: groups[0], deadline: soon).now
    let end = try #require(score.double) + groupExpiry
    #expect(abs(end - now - 30) < 2)
  }

  /// The last to join has left: the newest score says nothing of when the key's life was set.
  @Test(arguments: [86_400, 600])
  func isAliveThoughTheLastToJoinHasLeft(groupExpiry: Int) throws {
    let server = try RedisServer()
    var layer = try server.layer()
    _ = try layer.join(
      groups[0], channel: "specific.a!1", offset: -400, life: groupExpiry, deadline: soon)
    var membership = Membership(groups: [groups[0]], lease: 30)
    try membership.join(&layer, deadline: soon)
    var peers = LayerConfiguration()
    peers.groupExpiry = groupExpiry
    layer = try server.layer(peers)
    #expect(try layer.audiences(of: [groups[0]], deadline: soon).map(\.channels) == [2])
  }

  @Test func isRenewedEveryThirdOfIt() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    var layer = try server.layer(configuration)
    var membership = Membership(groups: groups, lease: 30)
    try membership.join(&layer, deadline: soon)
    #expect(membership.interval == 10)
    // Peers that expire members sooner make the group's key end sooner too.
    configuration.groupExpiry = 6
    layer = try server.layer(configuration)
    membership = Membership(groups: groups, lease: 30)
    try membership.join(&layer, deadline: soon)
    #expect(membership.interval == 2)
  }

  @Test func tellsThatItWasDroppedAndJoinsAgain() throws {
    let server = try RedisServer()
    var layer = try server.layer()
    var membership = Membership(groups: groups, lease: 30)
    try membership.join(&layer, deadline: soon)
    #expect(try membership.renew(&layer, deadline: soon) == [])
    var connection = try server.connect()
    _ = try connection.call(RedisCommand("DEL", "asgi:group:h"), deadline: soon)
    #expect(try membership.renew(&layer, deadline: soon) == [groups[1]])
    #expect(try layer.audiences(of: groups, deadline: soon).map(\.channels) == [1, 1])
  }

  @Test func leavesNothingBehind() throws {
    let server = try RedisServer()
    var layer = try server.layer()
    var membership = Membership(groups: groups, lease: 30)
    try membership.join(&layer, deadline: soon)
    let message = try GroupMessage(try Message(.object(["type": .string("x")])), to: groups[0])
    try layer.send([message], policy: SendPolicy(), deadline: soon) { _ in }
    try membership.leave(&layer, deadline: soon)
    var connection = try server.connect()
    #expect(try connection.call(RedisCommand("DBSIZE"), deadline: soon) == .integer(0))
  }

  @Test func doesNotShortenTheLifeOfTheGroup() throws {
    let server = try RedisServer()
    var layer = try server.layer()
    _ = try layer.join(groups[0], channel: "specific.a!1", life: 86_400, deadline: soon)
    var membership = Membership(groups: [groups[0]], lease: 30)
    try membership.join(&layer, deadline: soon)
    #expect(try layer.life(of: groups[0], deadline: soon).left > 86_300)
  }
}
