import Testing

@testable import Core

/// Which processes have taken a message off their queues, whichever way it went there.
struct ConfirmTests {
  private let group: GroupName
  private let policy: SendPolicy

  init() throws {
    group = try GroupName("turbo_stream.chat_1")
    var policy = SendPolicy()
    policy.namesQueues = true
    self.policy = policy
  }

  private func confirm(_ site: Site, seconds: Double = 0.05) throws -> Acknowledgement {
    let seen = site.layer.confirm(
      patience: Deadline(seconds: seconds), deadline: Deadline(seconds: 20))
    #expect(seen.fault == nil)
    return try #require(seen.groups[group])
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func countsThoseWhoTookIt(road: FanoutTests.Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1", "specific.b!1", "specific.c!1"])
    _ = try site.send(policy)
    try site.empty()
    for process in ["specific.a!", "specific.b!"] { _ = try site.names(in: process) }
    let seen = try confirm(site)
    #expect(seen.processes == 2 + site.audience(0, 0, 0).processes)
    #expect(seen.time != nil)
    #expect(seen.missing == ["specific.c!"])
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func whatIsTakenIsToldApartFromWhatElseWaits(road: FanoutTests.Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1"])
    _ = try site.send(policy)
    try site.empty()
    _ = try site.names(in: "specific.a!")
    var other = policy
    other.namesQueues = false
    _ = try site.send(other)
    #expect(try confirm(site).missing == [])
  }

  @Test(arguments: FanoutTests.Road.allCases)
  func aQueueThatDroppedItDidNotTakeIt(road: FanoutTests.Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1"])
    for _ in 0..<2 { _ = try site.send() }
    try site.empty()
    _ = try site.send(policy)
    _ = try site.names(in: "specific.a!")
    try site.empty()
    let seen = try confirm(site)
    #expect(seen.dropped == ["specific.a!"])
    #expect(seen.missing == [])
  }

  @Test func nobodyIsThereToTakeIt() throws {
    let site = try Site(.oneScript, group)
    _ = try site.send(policy)
    #expect(try confirm(site) == Acknowledgement())
  }

  @Test func aServerThatIsGoneConfirmsNothing() throws {
    let site = try Site(.oneScript, group)
    try site.join(["specific.a!1"])
    _ = try site.send(policy)
    site.servers[0].stop()
    let seen = site.layer.confirm(
      patience: Deadline(seconds: 1), deadline: Deadline(seconds: 20))
    #expect(seen.groups[group]?.missing == ["specific.a!"])
    #expect(seen.fault != nil)
  }
}
