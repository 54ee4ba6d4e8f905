/// Listening to groups of a pub/sub layer, a connection a host
/// (`channels_redis/pubsub.py RedisSingleShardConnection`).
///
/// Nobody is told of it but the servers: no group gets a member.
package final class Subscription {
  private let layer: PubSubLayer
  private let channels: [[UInt8]]
  private let patterns: [[UInt8]]
  private let listeners: [Listener]
  /// By which of our patterns the messages of a channel are taken, where several match it.
  private var chosen: [[UInt8]: [UInt8]] = [:]

  /// - Parameter silence: seconds after which a host that says nothing is asked whether it is there, and
  ///   that it then has to answer.
  package init(
    _ layer: PubSubLayer, groups: [GroupName], patterns: [GroupPattern] = [], silence: Double = 15
  ) {
    self.layer = layer
    let configuration = layer.configuration
    channels = groups.map { Array(configuration.groupChannel($0).utf8) }
    self.patterns = patterns.map { Array(configuration.groupChannelPattern($0.text).utf8) }
    listeners = layer.shards.map { Listener($0.another(), silence: silence) }
  }

  /// Connects and subscribes; from here on nothing is missed until a connection is lost.
  package func open(deadline: Deadline) throws(ChannelsError) {
    for (shard, listener) in listeners.enumerated() {
      let own = channels.filter { layer.shard(of: $0) == shard }
      try listener.subscribe(to: own, patterns: patterns, deadline)
    }
  }

  /// The messages that have come, in each group's order: up to `limit` from each host, none when the time
  /// is over.
  package func receive(
    limit: Int, waiting seconds: Double
  ) throws(ChannelsError) -> [PublishedMessage] {
    let deadline = Deadline(seconds: seconds)
    let watched = layer.shards[0].watched
    // Who never waits would never see a signal.
    if Watched.wait(for: watched, seconds: 0) != nil { throw .interrupted }
    while true {
      var messages: [PublishedMessage] = []
      for (shard, listener) in listeners.enumerated() {
        try listener.receive(limit) { self.take($0, on: shard, &messages) }
      }
      if !messages.isEmpty || deadline.hasPassed { return messages }
      var patience = deadline.remaining
      for listener in listeners { patience = min(patience, try listener.keepAlive()) }
      let sockets = listeners.compactMap(\.descriptor).map { Watched.readable($0) }
      if let ready = Watched.wait(for: watched + sockets, seconds: max(0, patience)),
        ready < watched.count
      {
        throw .interrupted
      }
    }
  }

  /// Takes a message once, by however many of our subscriptions it comes.
  ///
  /// - Returns: whether it was this time.
  private func take(_ push: Push, on shard: Int, _ messages: inout [PublishedMessage]) -> Bool {
    let channel = push.channel
    // Two entries may be one server with two databases, which channels do not know of.
    guard listeners.count == 1 || layer.shard(of: channel) == shard else { return false }
    if let pattern = push.pattern {
      if channels.contains(channel) { return false }
      if patterns.count > 1, pattern != chosen[channel, default: pattern] { return false }
      if patterns.count > 1 { chosen[channel] = pattern }
    }
    let group = channel.dropFirst(layer.configuration.groupChannels.utf8.count)
    messages.append(
      PublishedMessage(
        channel: String(decoding: channel, as: UTF8.self),
        group: String(decoding: group, as: UTF8.self), body: push.body))
    return true
  }
}

/// A message as it was published, and not read yet.
package struct PublishedMessage: Equatable, Sendable {
  /// Of Redis.
  package let channel: String
  package let group: String
  package let body: [UInt8]
}
