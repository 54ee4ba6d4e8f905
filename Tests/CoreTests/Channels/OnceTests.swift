import Testing

@testable import Core

/// A message with a name goes to its group once, on either road.
struct OnceTests {
  /// Of so many processes as one script serves, and of more.
  @Test(arguments: LayerConfiguration.SerializerFormat.allCases, [1, 300])
  func aSecondSendDoesNothing(
    format: LayerConfiguration.SerializerFormat, processes: Int
  ) throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.serializer = format
    let layer = server.layer(configuration)
    let deadline = Deadline(seconds: 10)
    let group = try GroupName("g")
    var message = try GroupMessage(
      try Message(.object(["type": .string("x")])), to: group, as: format)
    message.once = "job-1"
    func send() throws -> Delivery.Outcome? {
      var outcome: Delivery.Outcome?
      try layer.send([message], policy: SendPolicy(), deadline: deadline) { outcome = $1.outcome }
      return outcome
    }
    // Nobody has got it, so it is not marked.
    let nobody = Audience(channels: 0, processes: 0, overCapacity: 0)
    for _ in 0..<2 { #expect(try send() == .delivered(nobody, fault: nil)) }
    let joinings = (0..<processes).map {
      Joining(group, channel: "specific.\($0)!1", life: 60)
    }
    _ = try layer.join(joinings, deadline: deadline)
    let all = Audience(channels: processes, processes: processes, overCapacity: 0)
    #expect(try send() == .delivered(all, fault: nil))
    #expect(try send() == .duplicate)
    let taken = try layer.take(from: "specific.0!", limit: 10, waiting: 1, deadline: deadline)
    #expect(taken.members.count == 1)
    #expect(try send() == .duplicate)
  }

  /// What no queue took is not marked, so that it can be sent again.
  @Test(arguments: LayerConfiguration.SerializerFormat.allCases, [1, 300])
  func whatNobodyGotIsNotMarked(
    format: LayerConfiguration.SerializerFormat, processes: Int
  ) throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.serializer = format
    let layer = server.layer(configuration)
    let deadline = Deadline(seconds: 10)
    let group = try GroupName("g")
    var message = try GroupMessage(
      try Message(.object(["type": .string("x")])), to: group, as: format)
    message.once = "job-1"
    let names = (0..<processes).map { "specific.\($0)!" }
    _ = try layer.join(
      names.map { Joining(group, channel: $0 + "1", life: 60) }, deadline: deadline)
    var connection = try server.connect()
    for name in names {
      _ = try connection.call(RedisCommand("SET", .text("asgi" + name), "1"), deadline: deadline)
    }
    var outcomes: [Delivery.Outcome] = []
    for _ in 0..<2 {
      try layer.send([message], policy: SendPolicy(), deadline: deadline) {
        outcomes.append($1.outcome)
      }
      for name in names {
        _ = try connection.call(RedisCommand("DEL", .text("asgi" + name)), deadline: deadline)
      }
    }
    guard case .failed(.refused(_, let error)) = outcomes.first else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(error.code == "WRONGTYPE")
    let all = Audience(channels: processes, processes: processes, overCapacity: 0)
    #expect(outcomes.last == .delivered(all, fault: nil))
  }
}
