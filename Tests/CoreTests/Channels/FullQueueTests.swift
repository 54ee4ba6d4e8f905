import Testing

@testable import Core

/// Queues without room for all that is sent, whichever way a send goes.
struct FullQueueTests {
  private let group: GroupName
  private let soon = Deadline(seconds: 20)

  init() throws {
    group = try GroupName("turbo_stream.chat_1")
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func oneThatNobodyEmptiesIsGivenUp(road: FanoutTests.Road) throws {
    let site = try filledSite(road)
    let start = Deadline.monotonic()
    #expect(
      try site.send(waiting(0.3)) == .delivered(site.audience(2, 2, 1), fault: nil))
    #expect(0.3..<5 ~= Deadline.monotonic() - start)
    #expect(try site.names(in: "specific.a!").count == 2)
    #expect(try site.names(in: "specific.b!").count == 1)
    #expect(site.layer.givenUp == [group: ["specific.a!"]])
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func nobodyGetsAMessageBeforeThereIsRoom(road: FanoutTests.Road) throws {
    let site = try filledSite(road)
    for server in site.servers { try server.run("PEXPIRE", "asgispecific.a!", "300") }
    #expect(try site.send(waiting(10)) == .delivered(site.audience(2, 2, 0), fault: nil))
    #expect(try site.names(in: "specific.a!").count == 1)
    #expect(try site.names(in: "specific.b!").count == 1)
    #expect(site.layer.givenUp.isEmpty)
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func theDeadlineEndsTheWait(road: FanoutTests.Road) throws {
    let site = try filledSite(road)
    var delivery: Delivery?
    // Between two looks the message is held back; within one, the look fails.
    try? site.layer.send(
      [message(road)], policy: waiting(60), deadline: Deadline(seconds: 1)
    ) { delivery = $1 }
    #expect(delivery?.hasWritten != true)
    #expect(try site.names(in: "specific.b!").isEmpty)
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func nobodyWaitsForOurOwnTails(road: FanoutTests.Road) throws {
    let site = try Site(road, group, capacity(road))
    try site.join(["turboctl.a!1"])
    for _ in 0..<2 { _ = try site.send() }
    try site.empty()
    let start = Deadline.monotonic()
    #expect(try site.send(waiting(10)) == .delivered(site.audience(1, 1, 1), fault: nil))
    #expect(Deadline.monotonic() - start < 5)
  }

  @Test(arguments: FanoutTests.Road.allCases, [SendPolicy.WhenFull.drop, .fail])
  func eachQueueGetsWhatItHasRoomFor(
    road: FanoutTests.Road, whenFull: SendPolicy.WhenFull
  ) throws {
    let site = try Site(road, group, capacity(road))
    try site.join(["specific.a!1"])
    _ = try site.send()
    try site.join(["specific.b!1"])
    try site.empty()
    var policy = SendPolicy()
    policy.whenFull = whenFull
    var outcomes = [Delivery.Outcome?](repeating: nil, count: 2)
    try site.layer.send([message(road), message(road)], policy: policy, deadline: soon) {
      outcomes[$0] = $1.outcome
    }
    let last = site.audience(2, 2, 1)
    #expect(
      outcomes == [
        .delivered(site.audience(2, 2, 0), fault: nil),
        whenFull == .fail ? .withheld(last) : .delivered(last, fault: nil),
      ])
    #expect(try site.names(in: "specific.a!").count == 2)
    #expect(try site.names(in: "specific.b!").count == (whenFull == .fail ? 1 : 2))
  }

  /// With one full queue and one that is empty.
  private func filledSite(_ road: FanoutTests.Road) throws -> Site {
    let site = try Site(road, group, capacity(road))
    try site.join(["specific.a!1"])
    for _ in 0..<2 { _ = try site.send() }
    try site.join(["specific.b!1"])
    try site.empty()
    return site
  }

  /// Of two messages a queue.
  private func capacity(_ road: FanoutTests.Road) -> LayerConfiguration {
    var configuration = road.configuration
    // A tail's queue too.
    if road == .capacities {
      configuration.channelCapacity = [
        .init(pattern: "specific.*", capacity: 2), .init(pattern: "turboctl.*", capacity: 2),
      ]
    }
    return configuration
  }

  private func waiting(_ seconds: Double) -> SendPolicy {
    var policy = SendPolicy()
    policy.whenFull = .wait
    policy.fullTimeout = seconds
    return policy
  }

  private func message(_ road: FanoutTests.Road) throws -> GroupMessage {
    try GroupMessage(
      try Message(.object(["type": .string("x")])), to: group, as: road.configuration.serializer)
  }
}
