import Glibc
import Testing

@testable import Core

struct MembershipTests {
  private let soon = Deadline(seconds: 10)
  private let groups: [GroupName]

  init() throws {
    groups = try ["one", "two"].map { name throws(GroupName.Fault) in try GroupName(name) }
  }

  @Test func knowsTheGroupOfEachChannelAndOfNoOther() throws {
    let server = try RedisServer()
    var layer = try server.layer()
    var membership = Membership(lease: 60)
    try membership.join(groups, &layer, deadline: soon)
    #expect(membership.channels.map { membership.group(of: $0.channel) } == groups)
    for channel in ["", membership.queue, membership.queue + "2", membership.queue + "-1", "a!0"] {
      #expect(membership.group(of: channel) == nil)
    }
  }

  @Test func aMembershipSweptInTimeIsMadeAPlainOne() throws {
    let server = try RedisServer()
    var layer = try server.layer()
    var membership = Membership(lease: 60)
    try membership.join(groups, &layer, deadline: soon)
    try drop(groups[0], in: server)
    #expect(try membership.renew(&layer, deadline: soon) == [groups[0]])
    #expect(try left(of: groups[0], in: server) > 86_000)
    #expect(try left(of: groups[1], in: server) < 61)
  }

  @Test(arguments: [(lease: 0.2, isAfterBreak: false), (lease: 60, isAfterBreak: true)])
  func aLateRenewalOrALostServerProvesNothing(lease: Double, isAfterBreak: Bool) throws {
    let server = try RedisServer()
    var layer = try server.layer()
    var membership = Membership(lease: lease)
    try membership.join(groups, &layer, deadline: soon)
    try drop(groups[0], in: server)
    usleep(300_000)
    let dropped = try membership.renew(&layer, isAfterBreak: isAfterBreak, deadline: soon)
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
