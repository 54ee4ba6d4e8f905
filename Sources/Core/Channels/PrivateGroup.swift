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

  /// The same on one host.
  static func roundTrip(
    through layer: CoreLayer, on shard: Int, _ deadline: Deadline
  ) throws(ChannelsError) -> Double? {
    let outgoing = message(for: layer.configuration) { layer.index(of: Array($0.utf8)) == shard }
    guard let outgoing else { return nil }
    // Should we die in here, the group is gone after the lease.
    var membership = Membership(lease: 10, beside: outgoing.group, in: layer)
    try membership.join([outgoing.group], layer, deadline: deadline)
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

  /// A message to such a group, by a name that lives on the host that is meant.
  static func message(
    for configuration: LayerConfiguration, isMeant: (String) -> Bool
  ) -> GroupMessage? {
    var name = ""
    repeat {
      name = "\(Membership.processPrefix)ping.\(Membership.randomHex())"
    } while !isMeant(name)
    guard let group = try? GroupName(name),
      let message = try? Message(.object(["type": .string("turboctl.ping"), "id": .string(name)]))
    else { return nil }
    return try? GroupMessage(message, to: group, as: configuration.serializer)
  }

  private static func time(
    _ outgoing: GroupMessage, to queue: String, through layer: CoreLayer,
    _ deadline: Deadline
  ) throws(ChannelsError) -> Double? {
    let start = Deadline.monotonic()
    var outcome: Delivery.Outcome?
    try layer.send([outgoing], policy: SendPolicy(), deadline: deadline) { outcome = $1.outcome }
    if case .failed(let fault) = outcome { throw fault }
    let received = try layer.take(from: queue, limit: 1, waiting: 5, deadline: deadline)
    let elapsed = Deadline.monotonic() - start
    guard let first = received.members.first,
      let echo = try? layer.read(first.bytes, score: first.score)
    else { return nil }
    return echo.fields == outgoing.message.fields ? elapsed : nil
  }
}
