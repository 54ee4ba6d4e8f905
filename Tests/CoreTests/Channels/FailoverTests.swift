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

  private func send(_ layer: CoreLayer) throws -> Delivery.Outcome? {
    var outcome: Delivery.Outcome?
    try layer.send([message], policy: SendPolicy(), deadline: soon) { outcome = $0.outcome }
    return outcome
  }

  private static let delivered = Delivery.Outcome.delivered(
    Audience(channels: 1, processes: 1, overCapacity: 0), fault: nil)

  /// The master hangs as the message is to be sent: it goes to the next, once.
  @Test func sendWaitsForTheNextMaster() throws {
    let site = try FailoverSite()
    var membership = Membership(lease: 60)
    try membership.join([group], layer(of: site), deadline: soon)
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
    var membership = Membership(lease: 60)
    try membership.join([group], layer, deadline: soon)
    try site.failOver()
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
}
