import Testing

@testable import Core

/// A message with a name goes to its group once, on every road.
struct OnceTests {
  private let soon = Deadline(seconds: 20)

  /// A layer of its own, and a function that sends it one message with a name.
  private func site(
    _ format: LayerConfiguration.SerializerFormat
  ) throws -> (server: RedisServer, layer: CoreLayer, message: GroupMessage) {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.serializer = format
    return (server, server.layer(configuration), try message(format))
  }

  private func message(
    _ format: LayerConfiguration.SerializerFormat = .msgpack, once: String? = "job-1"
  ) throws -> GroupMessage {
    var message = try GroupMessage(
      try Message(.object(["type": .string("x")])), to: try GroupName("g"), as: format)
    message.once = once
    return message
  }

  private func send(
    _ messages: GroupMessage..., through layer: any ChannelLayer, require: Int = 0
  ) throws -> [Delivery.Outcome] {
    var policy = SendPolicy()
    policy.require = require
    var outcomes = [Delivery.Outcome?](repeating: nil, count: messages.count)
    try layer.send(messages, policy: policy, deadline: soon, meanwhile: {}) {
      outcomes[$0] = $1.outcome
    }
    return outcomes.compactMap { $0 }
  }

  /// Of so many processes as one script serves, and of more.
  @Test(arguments: LayerConfiguration.SerializerFormat.allCases, [1, 300])
  func aSecondSendDoesNothing(
    format: LayerConfiguration.SerializerFormat, processes: Int
  ) throws {
    let (server, layer, message) = try site(format)
    defer { withExtendedLifetime(server) {} }
    // Nobody has got it, so it is not marked.
    let nobody = Audience(channels: 0, processes: 0, overCapacity: 0)
    for _ in 0..<2 {
      #expect(try send(message, through: layer) == [.delivered(nobody, fault: nil)])
    }
    let joinings = (0..<processes).map {
      Joining(message.group, channel: "specific.\($0)!1", life: 60)
    }
    _ = try layer.join(joinings, deadline: soon)
    let all = Audience(channels: processes, processes: processes, overCapacity: 0)
    #expect(try send(message, through: layer) == [.delivered(all, fault: nil)])
    #expect(try send(message, through: layer) == [.duplicate])
    let taken = try layer.take(from: "specific.0!", limit: 10, waiting: 1, deadline: soon)
    #expect(taken.members.count == 1)
    #expect(try send(message, through: layer) == [.duplicate])
  }

  /// What no queue took is not marked, so that it can be sent again.
  @Test(arguments: LayerConfiguration.SerializerFormat.allCases, [1, 300])
  func whatNobodyGotIsNotMarked(
    format: LayerConfiguration.SerializerFormat, processes: Int
  ) throws {
    let (server, layer, message) = try site(format)
    let names = (0..<processes).map { "specific.\($0)!" }
    _ = try layer.join(
      names.map { Joining(message.group, channel: $0 + "1", life: 60) }, deadline: soon)
    for name in names { try server.run("SET", .text("asgi" + name), "1") }
    let refused = try send(message, through: layer)
    for name in names { try server.run("DEL", .text("asgi" + name)) }
    guard case .failed(.refused(_, let error)) = refused.first else {
      Issue.record("\(refused)")
      return
    }
    #expect(error.code == "WRONGTYPE")
    let all = Audience(channels: processes, processes: processes, overCapacity: 0)
    #expect(try send(message, through: layer) == [.delivered(all, fault: nil)])
  }

  /// By a script, and on a server that has none.
  @Test(arguments: [[], ["--rename-command", "EVAL", "", "--rename-command", "EVALSHA", ""]])
  func whatASubscriberGotIsNotPublishedAgain(options: [String]) throws {
    let server = try RedisServer(options)
    let layer = server.pubSubLayer(.pubSub)
    let (marked, other) = (try message(), try message(once: nil))
    let nobody = Delivery.Outcome.delivered(Audience(receivers: 0), fault: nil)
    #expect(try send(marked, through: layer) == [nobody])
    #expect(
      try send(marked, through: layer, require: 1) == [.withheld(Audience(receivers: 0))])
    let listener = Listener(RedisClient(.server(server.address)))
    try listener.subscribe(to: [Array("asgi__group__g".utf8)], patterns: [], soon)
    let heard = Delivery.Outcome.delivered(Audience(receivers: 1), fault: nil)
    #expect(
      try send(other, marked, other, marked, through: layer) == [heard, heard, heard, .duplicate])
    #expect(try send(marked, through: layer) == [.duplicate])
  }

  /// Where the marker is a step of its own and the connection ends, a repeat may find it: so the message is in
  /// doubt, though nobody has it.
  @Test(arguments: [
    // As it is set, and as it is to go since nobody got the message.
    "", "+OK\r\n-WRONGTYPE no queue\r\n-WRONGTYPE no queue\r\n",
  ])
  func aMarkerThatMayStayIsADoubt(answers: String) throws {
    let server = try ScriptedServer()
    var configuration = LayerConfiguration()
    configuration.serializer = .json
    let layer = CoreLayer([try server.client()], configuration: configuration)
    let members = (0..<300).map { "$5\r\n\($0 + 100)!1\r\n$1\r\n1\r\n" }.joined()
    try server.send("*2\r\n$1\r\n1\r\n$1\r\n0\r\n*600\r\n\(members)" + answers)
    server.hangUp()
    guard case .failed(let fault) = try send(message(.json), through: layer).first else {
      Issue.record("not failed")
      return
    }
    #expect(fault.isUncertain)
  }
}
