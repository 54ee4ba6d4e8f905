import Testing

@testable import Core

/// A message with a name goes to its group once, on either road.
struct OnceTests {
  @Test(arguments: LayerConfiguration.SerializerFormat.allCases)
  func aSecondSendDoesNothing(format: LayerConfiguration.SerializerFormat) throws {
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
    _ = try layer.join(
      [Joining(group, channel: "specific.a!1", life: 60)], deadline: deadline)
    let one = Audience(channels: 1, processes: 1, overCapacity: 0)
    #expect(try send() == .delivered(one, fault: nil))
    #expect(try send() == .duplicate)
    let taken = try layer.take(from: "specific.a!", limit: 10, waiting: 1, deadline: deadline)
    #expect(taken.members.count == 1)
    #expect(try send() == .duplicate)
  }
}
