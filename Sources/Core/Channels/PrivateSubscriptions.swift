/// An audience of the pub/sub layer: a subscription for each process; nothing of it is in Redis.
package final class PrivateSubscriptions: PrivateAudience {
  package let group: GroupName
  private let layer: PubSubLayer
  private let subscriptions: [Subscription]

  package init(_ layer: PubSubLayer, group: GroupName, processes: Int) {
    self.group = group
    self.layer = layer
    subscriptions = (0..<processes).map { _ in Subscription(layer, groups: [group]) }
  }

  package var audience: Audience { Audience(receivers: subscriptions.count) }

  package var overhead: Int { 0 }

  /// As many as a server keeps for a subscriber: their bytes count, and the bench sees to those.
  package var room: Int { 1000 }

  package var sent: Int { layer.shards.reduce(0) { $0 + $1.sent } }

  package func join(deadline: Deadline) throws(ChannelsError) {
    for subscription in subscriptions { try subscription.open(deadline: deadline) }
  }

  package func renewIfDue(deadline: Deadline) {}

  package func clear(
    _ messages: [GroupMessage], deadline: Deadline
  ) throws(ChannelsError) -> Bool {
    var isComplete = true
    for subscription in subscriptions {
      let received = try receive(messages.count, from: subscription, deadline)
      isComplete = messages.match(received) && isComplete
    }
    return isComplete
  }

  package func take(limit: Int, deadline: Deadline) throws(ChannelsError) -> [Object] {
    try subscriptions[0].receive(limit: limit, waiting: max(0, min(1, deadline.remaining)))
      .compactMap(fields)
  }

  /// They always do.
  package func listen(deadline: Deadline) {}

  package func hear(deadline: Deadline) throws(ChannelsError) -> [Object] {
    var received: [Object] = []
    for subscription in subscriptions { received += try receive(1, from: subscription, deadline) }
    return received
  }

  /// Connections that end are all there is to leave.
  package func leave(isAbrupt: Bool, deadline: Deadline) {}

  /// So many messages, or those that came before 5 s without one.
  private func receive(
    _ count: Int, from subscription: Subscription, _ deadline: Deadline
  ) throws(ChannelsError) -> [Object] {
    var received: [Object] = []
    while received.count < count {
      let patience = max(0, min(5, deadline.remaining))
      let next = try subscription.receive(limit: count - received.count, waiting: patience)
      if next.isEmpty { break }
      received += next.compactMap(fields)
    }
    return received
  }

  private func fields(_ published: PublishedMessage) -> Object? {
    try? layer.read(published).fields
  }
}
