/// A group that nobody else knows, to try the layer without touching the site's groups.
package enum PrivateGroup {
  /// Sends a message through the layer and receives it again, on each host.
  ///
  /// - Returns: seconds from the send to the receipt, on the slowest; nil where something else came back.
  package static func roundTrip(
    through layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> Double? {
    var slowest = 0.0
    for shard in layer.shards.indices {
      guard let elapsed = try roundTrip(through: layer, on: shard, deadline) else { return nil }
      slowest = max(slowest, elapsed)
    }
    return slowest
  }

  private static func roundTrip(
    through layer: CoreLayer, on shard: Int, _ deadline: Deadline
  ) throws(ChannelsError) -> Double? {
    let name = name(on: shard, of: layer)
    guard let group = try? GroupName(name),
      let message = try? Message(.object(["type": .string("turboctl.ping"), "id": .string(name)])),
      let outgoing = try? GroupMessage(message, to: group, as: layer.configuration.serializer)
    else { return nil }
    // Should we die in here, the group is gone after the lease.
    var membership = Membership(lease: 10)
    while layer.index(of: Array(membership.queue.utf8)) != shard {
      membership = Membership(lease: 10)
    }
    try membership.join([group], layer, deadline: deadline)
    let elapsed: Double?
    do {
      elapsed = try time(outgoing, to: membership.queue, through: layer, deadline)
    } catch {
      try? membership.leave(layer, deadline: deadline)
      throw error
    }
    try membership.leave(layer, deadline: deadline)
    return elapsed
  }

  /// A name that stands for a group on that host.
  private static func name(on shard: Int, of layer: CoreLayer) -> String {
    while true {
      let name = "\(Membership.processPrefix)ping.\(Membership.randomHex())"
      if layer.index(of: Array(name.utf8)) == shard { return name }
    }
  }

  private static func time(
    _ outgoing: GroupMessage, to queue: String, through layer: CoreLayer,
    _ deadline: Deadline
  ) throws(ChannelsError) -> Double? {
    let start = Deadline.monotonic()
    var outcome: Delivery.Outcome?
    try layer.send([outgoing], policy: SendPolicy(), deadline: deadline) { outcome = $0.outcome }
    if case .failed(let fault) = outcome { throw fault }
    let received = try layer.take(from: queue, limit: 1, waiting: 5, deadline: deadline)
    let elapsed = Deadline.monotonic() - start
    guard let first = received.members.first,
      let echo = try? layer.read(first.bytes, score: first.score)
    else { return nil }
    return echo.fields == outgoing.message.fields ? elapsed : nil
  }
}
