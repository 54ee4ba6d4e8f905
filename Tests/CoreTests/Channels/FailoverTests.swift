import Glibc
import Testing

@testable import Core

/// A layer whose host is a master that sentinels know, before and after the master is another.
struct FailoverTests {
  private let soon = Deadline(seconds: 20)
  private let group: GroupName
  private let message: GroupMessage

  init() throws {
    group = try GroupName("g")
    message = try GroupMessage(
      try Message(.object(["type": .string("html_message"), "html": .string("Hi")])), to: group,
      as: .msgpack)
  }

  private func layer(of site: FailoverSite) -> CoreLayer {
    CoreLayer([site.client()], configuration: LayerConfiguration())
  }

  /// A consumer of the group.
  private func join(_ layer: CoreLayer) throws -> Membership {
    var membership = Membership(lease: 60, in: layer)
    try membership.join([group], layer, deadline: soon)
    return membership
  }

  private func send(_ layer: CoreLayer) throws -> Delivery.Outcome? {
    var outcome: Delivery.Outcome?
    try layer.sendAcrossFailovers([message], policy: SendPolicy(), deadline: soon) {
      outcome = $1.outcome
    }
    return outcome
  }

  private static let delivered = Delivery.Outcome.delivered(
    Audience(channels: 1, processes: 1, overCapacity: 0), fault: nil)

  /// The master hangs as the message is to be sent: it goes to the next, once.
  @Test func sendWaitsForTheNextMaster() throws {
    let site = try FailoverSite()
    let membership = try join(layer(of: site))
    try site.suspendMaster(after: "asgi:group:g")
    let layer = layer(of: site)
    #expect(try send(layer) == Self.delivered)
    #expect(layer.addresses[0] == site.named(site.replica))
    let taken = try layer.take(from: membership.queue, limit: 10, waiting: 1, deadline: soon)
    #expect(taken.members.count == 1)
  }

  /// The master of our connection is a replica when the next message is asked for.
  @Test func aTailGoesOnAtTheNextMaster() throws {
    let site = try FailoverSite()
    let layer = layer(of: site)
    var membership = try join(layer)
    try site.failOver(after: "asgi:group:g")
    let fault = #expect(throws: ChannelsError.self) {
      try layer.take(from: membership.queue, limit: 10, waiting: 1, deadline: soon)
    }
    #expect(fault?.mayPass == true)
    #expect(try membership.renew(layer, isAfterBreak: true, deadline: soon) == [])
    #expect(layer.addresses[0] == site.named(site.replica))
    #expect(try send(self.layer(of: site)) == Self.delivered)
    let taken = try layer.take(from: membership.queue, limit: 10, waiting: 1, deadline: soon)
    #expect(taken.members.count == 1)
  }

  /// A batch is connected to a master that is none any more as the rest of its lines come.
  @Test(arguments: LayerConfiguration.Backend.allCases)
  func whatTheOldMasterRefusesGoesToTheNext(backend: LayerConfiguration.Backend) throws {
    let site = try FailoverSite()
    let layer: any ChannelLayer =
      backend == .core
      ? self.layer(of: site) : PubSubLayer([site.client()], configuration: LayerConfiguration())
    let membership = try join(self.layer(of: site))
    _ = try layer.audiences(of: [group], deadline: soon)
    try site.failOver(after: "asgi:group:g")
    let other = try GroupMessage(message, to: GroupName("h"))
    let messages = [message, other, message]
    var answers = [Delivery?](repeating: nil, count: messages.count)
    try layer.sendAcrossFailovers(messages, policy: SendPolicy(), deadline: soon) {
      answers[$0] = $1
    }
    let deliveries = answers.compactMap { $0 }
    #expect(deliveries.map(\.group) == messages.map(\.group))
    guard backend == .core else {
      #expect(
        deliveries.allSatisfy { $0.outcome == .delivered(Audience(receivers: 0), fault: nil) })
      return
    }
    #expect(deliveries[0].outcome == Self.delivered)
    #expect(deliveries[2].outcome == Self.delivered)
    let taken = try self.layer(of: site).take(
      from: membership.queue, limit: 10, waiting: 1, deadline: soon)
    #expect(taken.members.count == 2)
  }

  /// What a master acknowledges that was away meanwhile, its successor has not got: it is in doubt.
  @Test(arguments: LayerConfiguration.Backend.allCases)
  func aMasterThatWasAwayIsNotBelieved(backend: LayerConfiguration.Backend) throws {
    let site = try FailoverSite()
    var settings = RedisClient.Settings()
    settings.stall = 0.2
    let client = site.client(nil, settings)
    let layer: any ChannelLayer =
      backend == .core
      ? CoreLayer([client], configuration: LayerConfiguration())
      : PubSubLayer([client], configuration: LayerConfiguration())
    _ = try join(self.layer(of: site))
    // The script is known then, so that one exchange does.
    try layer.sendAcrossFailovers([message], policy: SendPolicy(), deadline: soon) { _, _ in }
    try site.suspendMaster(after: "asgi:group:g")
    var answers: [Delivery] = []
    let fault = #expect(throws: ChannelsError.self) {
      try layer.sendAcrossFailovers(
        [message, message], policy: SendPolicy(), deadline: soon,
        meanwhile: { try? site.resumeMaster() }
      ) { answers.append($1) }
    }
    #expect(fault?.isUncertain == true)
    #expect(answers.isEmpty)
    try layer.sendAcrossFailovers([message], policy: SendPolicy(), deadline: soon) {
      answers.append($1)
    }
    #expect(answers.count == 1)
    #expect(layer.addresses[0] == site.named(site.replica))
  }

  /// A signal that comes while the sentinels are asked leaves what was written in doubt: who took it for not
  /// written would send it again.
  @Test func aSignalMakesNothingUnwritten() throws {
    let site = try FailoverSite()
    let alarm = Alarm()
    var settings = RedisClient.Settings()
    settings.watched = alarm.watched
    settings.grace = 5
    settings.stall = 0.2
    let layer = CoreLayer([site.client(nil, settings)], configuration: LayerConfiguration())
    _ = try join(self.layer(of: site))
    try layer.sendAcrossFailovers([message], policy: SendPolicy(), deadline: soon) { _, _ in }
    try site.suspendMaster(after: "asgi:group:g")
    let fault = #expect(throws: ChannelsError.self) {
      try layer.sendAcrossFailovers(
        [message], policy: SendPolicy(), deadline: soon,
        meanwhile: {
          try? site.resumeMaster()
          alarm.ring()
        }
      ) { _, _ in Issue.record("answered") }
    }
    #expect(fault != .interrupted)
    #expect(fault?.isUncertain == true)
  }

  /// Nothing is held back for ever.
  @Test func aRefusalStandsAtTheDeadline() throws {
    let site = try FailoverSite()
    let layer = layer(of: site)
    _ = try join(layer)
    _ = try site.call(RedisCommand("CONFIG", "SET", "min-replicas-to-write", "5"), at: site.master)
    var outcome: Delivery.Outcome?
    let start = Deadline.monotonic()
    try layer.sendAcrossFailovers(
      [message], policy: SendPolicy(), deadline: Deadline(seconds: 1)
    ) { outcome = $1.outcome }
    #expect(0.6..<5 ~= Deadline.monotonic() - start)
    guard case .failed(.refused(site.named(site.master), let error)) = outcome else {
      Issue.record("\(String(describing: outcome))")
      return
    }
    #expect(error.code == "NOREPLICAS")
  }
}

/// What was refused between two masters is not sent behind what may have been written.
struct HeldBackTests {
  @Test func nothingOvertakesWhatIsInDoubt() throws {
    let group = try GroupName("g")
    let message = try GroupMessage(
      try Message(.object(["type": .string("x")])), to: group, as: .msgpack)
    var master = RedisAddress(endpoint: .tcp(host: "127.0.0.1", port: 1))
    master.masterName = "mymaster"
    let layer = AnsweringLayer([
      .failed(.refused(master, ServerError("READONLY"))),
      .failed(.uncertain(.lost(master, reason: "", written: true))),
    ])
    var answers: [Int] = []
    try layer.sendAcrossFailovers(
      [message, message], policy: SendPolicy(), deadline: Deadline(seconds: 20)
    ) { place, _ in answers.append(place) }
    #expect(answers.sorted() == [0, 1])
    #expect(layer.calls == 1)
  }
}

/// A layer that gives the same answers to each send.
private final class AnsweringLayer: ChannelLayer {
  let configuration = LayerConfiguration()
  let servers: [LayerServer] = []
  let givenUp: [GroupName: [String]] = [:]
  private let outcomes: [Delivery.Outcome]
  private(set) var calls = 0

  init(_ outcomes: [Delivery.Outcome]) { self.outcomes = outcomes }

  func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, meanwhile: () -> Void,
    report: (Int, Delivery) -> Void
  ) {
    calls += 1
    for (place, message) in messages.enumerated() {
      let outcome =
        calls == 1
        ? outcomes[place]
        : .delivered(Audience(channels: 1, processes: 1, overCapacity: 0), fault: nil)
      report(place, Delivery(group: message.group, outcome: outcome))
    }
  }

  func audiences(of groups: [GroupName], deadline: Deadline) -> [Audience] { [] }

  func names(of group: GroupName, deadline: Deadline) -> [String] { [] }

  func groups(
    matching glob: String, deadline: Deadline
  ) -> (groups: [GroupSummary], now: Double, missing: [ChannelsError]) { ([], 0, []) }

  func roundTrip(deadline: Deadline) -> Double? { nil }

  func diagnosis(deadline: Deadline) -> Diagnosis {
    Diagnosis([], of: [], MissingHosts(of: self, deadline))
  }
}
