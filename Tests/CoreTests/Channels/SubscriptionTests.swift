import Glibc
import Testing

@testable import Core

struct SubscriptionTests {
  private let soon = Deadline(seconds: 20)

  private func publish(_ server: RedisServer, _ messages: [(channel: String, body: String)]) throws
  {
    var connection = try server.connect()
    try connection.pipeline(
      messages.map { RedisCommand("PUBLISH", .text($0.channel), .text($0.body)) }, deadline: soon
    ) { _, _ in }
  }

  private func receive(_ subscription: Subscription, _ count: Int) throws -> [String] {
    var bodies: [String] = []
    while true {
      let messages = try subscription.receive(limit: 100, waiting: bodies.count < count ? 10 : 0.05)
      if messages.isEmpty { return bodies }
      bodies += messages.map { "\($0.group)=\(String(decoding: $0.body, as: UTF8.self))" }
    }
  }

  @Test func aMessageThatSeveralSubscriptionsMatchComesOnce() throws {
    let server = try RedisServer()
    let subscription = Subscription(
      server.pubSubLayer(), groups: [try GroupName("a1")],
      patterns: try ["a*", "*1", "*"].map { try GroupPattern($0) })
    try subscription.open(deadline: soon)
    try publish(
      server,
      ["a1", "a2", "b1", "c", "a1", "b1"].enumerated().map { ("asgi__group__\($1)", "\($0)") }
        + [("asgi__groups", "no"), ("other__group__a1", "no")])
    #expect(try receive(subscription, 6) == ["a1=0", "a2=1", "b1=2", "c=3", "a1=4", "b1=5"])
  }

  @Test func aMessageDoesNotWaitBehindTheCopiesOfAnother() throws {
    let server = try RedisServer()
    let subscription = Subscription(
      server.pubSubLayer(), groups: [try GroupName("g")], patterns: [try GroupPattern("*")])
    try subscription.open(deadline: soon)
    // One script, so that all of it comes at once.
    try server.run(
      "EVAL", "for i = 1, 3 do redis.call('PUBLISH', 'asgi__group__g', i) end", "0")
    let counts = try [10.0, 0, 0].map {
      try subscription.receive(limit: 1, waiting: $0).count
    }
    #expect(counts == [1, 1, 1])
  }

  @Test func aPatternsPrefixIsNoPattern() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration.pubSub
    configuration.prefix = "a?[b]*"
    let subscription = Subscription(
      server.pubSubLayer(configuration), groups: [], patterns: [try GroupPattern("*")])
    try subscription.open(deadline: soon)
    try publish(server, [("axb__group__g", "no"), ("a?[b]*__group__g", "yes")])
    #expect(try receive(subscription, 1) == ["g=yes"])
  }

  @Test func twoDatabasesOfOneServerGiveAMessageOnce() throws {
    let server = try RedisServer()
    var other = server.address
    other.database = 1
    let layer = PubSubLayer(
      [RedisClient(.server(server.address)), RedisClient(.server(other))], configuration: .pubSub)
    let subscription = Subscription(layer, groups: [], patterns: [try GroupPattern("*")])
    try subscription.open(deadline: soon)
    let names = (0..<10).map { "g\($0)" }
    try publish(server, names.map { ("asgi__group__\($0)", "x") })
    #expect(try receive(subscription, 10).sorted() == names.map { "\($0)=x" })
  }

  @Test func nothingOfTwentyThousandIsLostOrOutOfOrder() throws {
    let server = try RedisServer()
    let subscription = Subscription(server.pubSubLayer(), groups: [try GroupName("g")])
    try subscription.open(deadline: soon)
    try publish(server, (0..<20_000).map { ("asgi__group__g", "\($0)") })
    #expect(try receive(subscription, 20_000) == (0..<20_000).map { "g=\($0)" })
  }

  /// Some other service may say `+OK` to everything.
  @Test(arguments: [
    "+OK\r\n", ":1\r\n", "*0\r\n", "*2\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n",
    "*3\r\n$11\r\nunsubscribe\r\n$1\r\nc\r\n:0\r\n",
  ])
  func whatConfirmsNoSubscriptionIsAnError(answer: String) throws {
    let server = try ScriptedServer()
    let listener = Listener(try server.client())
    try server.send(answer)
    #expect(throws: ChannelsError.unexpectedReply(server.address).withNothingSent) {
      try listener.subscribe(to: [Array("c".utf8)], patterns: [], soon)
    }
  }

  @Test func aMessageMayComeBeforeTheLastSubscriptionIsConfirmed() throws {
    let server = try ScriptedServer()
    let listener = Listener(try server.client())
    try server.send(
      "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n"
        + "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nx\r\n"
        + "*3\r\n$10\r\npsubscribe\r\n$2\r\nc*\r\n:2\r\n")
    try listener.subscribe(to: [Array("c".utf8)], patterns: [Array("c*".utf8)], soon)
    var bodies: [[UInt8]] = []
    try listener.receive(10) { push in
      bodies.append(push.body)
      return true
    }
    #expect(bodies == [Array("x".utf8)])
  }

  @Test func whatCameBeforeTheLossIsHandedOnFirst() throws {
    let server = try RedisServer()
    let subscription = Subscription(server.pubSubLayer(), groups: [try GroupName("g")])
    try subscription.open(deadline: soon)
    try publish(server, [("asgi__group__g", "1"), ("asgi__group__g", "2")])
    var connection = try server.connect()
    let kill = RedisCommand("CLIENT", "KILL", "TYPE", "pubsub")
    #expect(try connection.call(kill, deadline: soon) == .integer(1))
    // The server has written and closed by then.
    let listeners = RedisCommand("PUBSUB", "NUMSUB", "asgi__group__g")
    while try connection.call(listeners, deadline: soon).array?.last != .integer(0),
      !soon.hasPassed
    {
      usleep(1_000)
    }
    #expect(try subscription.receive(limit: 100, waiting: 1).count == 2)
    #expect(throws: ChannelsError.self) { try subscription.receive(limit: 100, waiting: 1) }
  }

  @Test func aSubscriptionThatIsNotAllowedIsAnError() throws {
    let server = try RedisServer(["--acl-pubsub-default", "resetchannels"])
    var connection = try server.connect()
    let user = RedisCommand("ACL", "SETUSER", "u", "on", "nopass", "+@all", "~*", "&other*")
    #expect(try connection.call(user, deadline: soon) == .status("OK"))
    var address = server.address
    address.username = "u"
    let layer = PubSubLayer([RedisClient(.server(address))], configuration: .pubSub)
    let subscription = Subscription(layer, groups: [try GroupName("g")])
    #expect {
      try subscription.open(deadline: soon)
    } throws: {
      guard case .refused(_, let error)? = $0 as? ChannelsError else { return false }
      return error.code == "NOPERM"
    }
  }

  @Test func aSilentServerIsAskedAndADeadOneNoticed() throws {
    let server = try RedisServer()
    let subscription = Subscription(
      server.pubSubLayer(), groups: [try GroupName("g")], silence: 0.5)
    try subscription.open(deadline: soon)
    #expect(try subscription.receive(limit: 1, waiting: 1).isEmpty)
    try publish(server, [("asgi__group__g", "alive")])
    #expect(try receive(subscription, 1) == ["g=alive"])
    server.suspend()
    defer { server.resume() }
    let start = Deadline.monotonic()
    #expect {
      try subscription.receive(limit: 1, waiting: 20)
    } throws: {
      guard case .unreachable(.timedOut)? = $0 as? ChannelsError else { return false }
      return true
    }
    #expect(Deadline.monotonic() - start < 8)
  }

  @Test func aFailoverEndsASubscriptionAndTheNextIsAtTheNextMaster() throws {
    let site = try FailoverSite()
    let layer = PubSubLayer([site.client()], configuration: .pubSub)
    let group = try GroupName("g")
    let later = Deadline(seconds: 60)
    let before = Subscription(layer, groups: [group])
    try before.open(deadline: soon)
    // Not `failOver`: the sentinel itself cuts subscribers off as it makes the old master a replica.
    try site.beginFailover()
    let fault = #expect(throws: ChannelsError.self) { try before.receive(limit: 1, waiting: 30) }
    #expect(fault?.mayPass == true)
    let after = Subscription(layer, groups: [group])
    try after.open(deadline: later)
    let fields: Object = ["type": .string("html_message"), "html": .string("Hi")]
    let message = try GroupMessage(try Message(.object(fields)), to: group, as: .msgpack)
    var outcome: Delivery.Outcome?
    try layer.send([message], policy: SendPolicy(), deadline: later) { outcome = $1.outcome }
    #expect(outcome == .delivered(Audience(receivers: 1), fault: nil))
    #expect(try after.receive(limit: 1, waiting: 10).count == 1)
  }
}
