import Testing

@testable import Core

struct PubSubLayerTests {
  private let soon = Deadline(seconds: 20)

  private func message(
    _ html: String = "Hi", to group: String = "g",
    as format: LayerConfiguration.SerializerFormat = .msgpack
  ) throws -> GroupMessage {
    let fields: Object = ["type": .string("html_message"), "html": .string(html)]
    return try GroupMessage(try Message(.object(fields)), to: try GroupName(group), as: format)
  }

  private func send(
    _ messages: [GroupMessage], through layer: PubSubLayer, require: Int = 0
  ) throws -> [Delivery] {
    var policy = SendPolicy()
    policy.require = require
    var deliveries = [Delivery?](repeating: nil, count: messages.count)
    try layer.send(messages, policy: policy, deadline: soon) { deliveries[$0] = $1 }
    return deliveries.compactMap { $0 }
  }

  /// A connection that listens to a channel; what comes there is for `pushes`.
  private func listener(_ server: RedisServer, _ channel: String) throws -> Listener {
    let listener = Listener(RedisClient(.server(server.address)))
    try listener.subscribe(to: [Array(channel.utf8)], patterns: [], soon)
    return listener
  }

  private func pushes(_ listener: Listener, _ count: Int) throws -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    let deadline = Deadline(seconds: 10)
    while bodies.count < count, !deadline.hasPassed {
      try listener.receive(.max) { push in
        bodies.append(push.body)
        return true
      }
      let socket = listener.descriptor.map { [Watched.readable($0)] } ?? []
      if bodies.count < count { _ = Watched.wait(for: socket, seconds: deadline.remaining) }
    }
    return bodies
  }

  /// That nothing came: what follows it on the channel, which every state of a server lets pass, is first.
  private func expectNothing(_ listener: Listener, _ server: RedisServer) throws {
    try server.run("PUBLISH", "asgi__group__g", "end")
    #expect(try pushes(listener, 1) == [Array("end".utf8)])
  }

  @Test(arguments: [
    (
      LayerConfiguration.SerializerFormat.msgpack,
      "\u{82}\u{A4}type\u{AC}html_message\u{A4}html\u{A2}Hi"
    ),
    (.json, #"{"type": "html_message", "html": "Hi"}"#),
  ])
  func publishesTheMessageAloneOnTheGroupsChannel(
    format: LayerConfiguration.SerializerFormat, bytes: String
  ) throws {
    let server = try RedisServer()
    let listener = try listener(server, "asgi__group__g")
    var configuration = LayerConfiguration.pubSub
    configuration.serializer = format
    let layer = server.pubSubLayer(configuration)
    let deliveries = try send([message(as: format)], through: layer)
    #expect(deliveries.map(\.outcome) == [.delivered(Audience(receivers: 1), fault: nil)])
    #expect(try pushes(listener, 1) == [bytes.unicodeScalars.map { UInt8($0.value) }])
  }

  @Test(arguments: [[], ["--rename-command", "EVAL", "", "--rename-command", "EVALSHA", ""]])
  func keepsTheOrderWithScriptsAndWithout(options: [String]) throws {
    let server = try RedisServer(options)
    let listener = try listener(server, "asgi__group__g")
    let layer = server.pubSubLayer()
    let messages = try (0..<500).map { try message("\($0)") }
    let deliveries = try send(messages, through: layer) + send([message("last")], through: layer)
    #expect(deliveries.allSatisfy { $0.outcome == .delivered(Audience(receivers: 1), fault: nil) })
    let bodies = try pushes(listener, 501)
    let htmls = try bodies.map { try MessagePackReader.read($0[...]).object?["html"]?.string }
    #expect(htmls == (0..<500).map { "\($0)" } + ["last"])
    var connection = try server.connect()
    // The write that is tried leaves nothing.
    #expect(try connection.call(RedisCommand("DBSIZE"), deadline: soon) == .integer(0))
  }

  /// A script that one of them found forgotten would run behind those that came after it.
  @Test func severalScriptsNeedNotBeKnown() throws {
    let server = try RedisServer()
    let messages = try (0..<500).map { try message("\($0)") }
    _ = try send(messages, through: server.pubSubLayer())
    var connection = try server.connect()
    let info = try connection.call(RedisCommand("INFO", "commandstats"), deadline: soon)
    let counts = String(decoding: try #require(info.bytes), as: UTF8.self)
    #expect(counts.contains("cmdstat_eval:calls=5,"))
    #expect(!counts.contains("cmdstat_evalsha:"))
  }

  @Test(
    arguments: [
      (["--replicaof", "127.0.0.1", "1"], "READONLY"),
      (
        ["--replicaof", "127.0.0.1", "1", "--replica-serve-stale-data", "no"], "READONLY MASTERDOWN"
      ),
      (["--min-replicas-to-write", "1"], "NOREPLICAS"),
      (["--maxmemory", "600kb"], "OOM"),
    ], [false, true])
  func aServerThatWouldLoseTheMessageRefusesIt(
    state: (options: [String], codes: String), isScripted: Bool
  ) throws {
    let noScripts = ["--rename-command", "EVAL", "", "--rename-command", "EVALSHA", ""]
    let server = try RedisServer(state.options + (isScripted ? [] : noScripts))
    let listener = try listener(server, "asgi__group__g")
    let deliveries = try send([message(), message("2")], through: server.pubSubLayer())
    #expect(deliveries.count == 2)
    for delivery in deliveries {
      guard case .failed(.refused(_, let error)) = delivery.outcome else {
        Issue.record("\(delivery.outcome)")
        continue
      }
      #expect(state.codes.split(separator: " ").contains { $0 == error.code })
    }
    try expectNothing(listener, server)
  }

  @Test(arguments: [[], ["--rename-command", "EVAL", "", "--rename-command", "EVALSHA", ""]])
  func requiredReceiversAreCountedBeforeTheWrite(options: [String]) throws {
    let server = try RedisServer(options)
    let listener = try listener(server, "asgi__group__g")
    let layer = server.pubSubLayer()
    let withheld = try send([message()], through: layer, require: 2)
    #expect(withheld.map(\.outcome) == [.withheld(Audience(receivers: 1))])
    try expectNothing(listener, server)
    let sent = try send([message()], through: layer, require: 1)
    #expect(sent.map(\.outcome) == [.delivered(Audience(receivers: 1), fault: nil)])
    #expect(try pushes(listener, 1).count == 1)
  }

  @Test func aMessageThatNoSubscriberSurvivesIsNotSent() throws {
    let server = try RedisServer(["--client-output-buffer-limit", "pubsub", "12mb", "0", "0"])
    let listener = try listener(server, "asgi__group__g")
    let layer = server.pubSubLayer()
    let small = try message(String(repeating: "x", count: 9 << 20))
    #expect(try send([small], through: layer).count == 1)
    #expect(try pushes(listener, 1).count == 1)
    let large = try message(String(repeating: "x", count: 11 << 20))
    #expect {
      try send([message(), large], through: layer)
    } throws: {
      guard case .tooLarge(_, _, _, let limit)? = $0 as? ChannelsError else { return false }
      return limit == (12 << 20) / 5 * 4
    }
    try expectNothing(listener, server)
  }

  @Test func oneOfTwoHostsThatIsDownTakesItsGroupsAlone() throws {
    let server = try RedisServer()
    let dead = RedisAddress(endpoint: .unix(path: "/nowhere/redis.sock"))
    let layer = PubSubLayer(
      [RedisClient(.server(dead)), RedisClient(.server(server.address))], configuration: .pubSub)
    let names = (0..<20).map { "g\($0)" }
    let lost = names.filter { layer.shard(of: "asgi__group__\($0)".utf8) == 0 }
    let deliveries = try send(names.map { try message(to: $0) }, through: layer)
    #expect(deliveries.map(\.group.text) == names)
    let failed = deliveries.filter {
      if case .failed(.unreachable) = $0.outcome { true } else { false }
    }
    #expect(failed.map(\.group.text) == lost)
    #expect(!lost.isEmpty && lost.count < names.count)
  }

  @Test(arguments: [
    (nil, true), ("4.2.1", true), ("4.3", true), ("4.2.0", false), ("4.1.0", false),
  ])
  func theVersionDecidesWhetherKeysAreUsed(version: String?, isEncrypted: Bool) throws {
    let server = try RedisServer()
    let listener = try listener(server, "asgi__group__g")
    var configuration = LayerConfiguration.pubSub
    configuration.encryptionKeys = ["secret"]
    configuration.layerVersion = version
    let layer = server.pubSubLayer(configuration)
    _ = try send([message()], through: layer)
    let body = try #require(try pushes(listener, 1).first)
    #expect(body.starts(with: "gAAAA".utf8) == isEncrypted)
    let published = PublishedMessage(channel: "asgi__group__g", group: "g", body: body)
    #expect(try layer.read(published).fields["html"] == .string("Hi"))
  }

  @Test func listsTheGroupsThatSomebodyListensTo() throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration.pubSub
    configuration.prefix = "a*b"
    let listeners = try [
      "a*b__group__x", "a*b__group__x", "a*b__group__y", "axb__group__z", "other",
    ].map {
      try listener(server, $0)
    }
    let layer = server.pubSubLayer(configuration)
    let groups = try layer.groups(matching: "*", deadline: soon).groups
    #expect(
      Dictionary(uniqueKeysWithValues: groups.map { ($0.name, $0.channels) }) == ["x": 2, "y": 1])
    #expect(try layer.groups(matching: "y", deadline: soon).groups.map(\.name) == ["y"])
    #expect(listeners.count == 5)
  }

  @Test func aMessageGoesRoundOnEveryHost() throws {
    let servers = try [RedisServer(), RedisServer(), RedisServer()]
    let layer = PubSubLayer(
      servers.map { RedisClient(.server($0.address)) }, configuration: .pubSub)
    #expect(try layer.roundTrip(deadline: soon) != nil)
    servers[1].suspend()
    #expect(throws: ChannelsError.self) {
      try layer.roundTrip(deadline: Deadline(seconds: 0.5))
    }
    servers[1].resume()
  }
}
