// Looking at a pub/sub layer: who listens, as far as the servers can tell.

extension PubSubLayer {
  package func groups(
    matching glob: String, deadline: Deadline
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double, missing: [ChannelsError]) {
    let command = RedisCommand(
      "PUBSUB", "CHANNELS", .text(configuration.groupChannelPattern(glob)))
    let mark = configuration.groupChannels.utf8.count
    var missing = MissingHosts(of: self, deadline)
    var groups: [GroupSummary] = []
    for (place, shard) in shards.enumerated() {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        // Two entries may be one server with two databases, which channels do not know of.
        let channels = try shard.askPubSub(command, deadline).compactMap(\.bytes)
          .filter { self.shard(of: $0) == place }
        for (channel, count) in zip(channels, try counts(of: channels, deadline)) where count > 0 {
          let name = String(decoding: channel.dropFirst(mark), as: UTF8.self)
          groups.append(GroupSummary(name: name, channels: count))
        }
      }
    }
    return (groups, Timestamp.now(), missing.faults)
  }

  /// The connections that listen to each channel by its name.
  func counts(
    of channels: [[UInt8]], _ deadline: Deadline
  ) throws(ChannelsError) -> [Int] {
    var counts = [Int](repeating: 0, count: channels.count)
    for (number, shard) in shards.enumerated() {
      let places = channels.indices.filter { self.shard(of: channels[$0]) == number }
      for start in stride(from: 0, to: places.count, by: Self.step) {
        let step = places[start..<min(start + Self.step, places.count)]
        let command = RedisCommand(
          ["PUBSUB", "NUMSUB"] + step.map { RedisCommand.Argument.bytes(channels[$0]) })
        let pairs = try shard.askPubSub(command, deadline)
        guard pairs.count == 2 * step.count else { throw .unexpectedReply(shard.address) }
        for (number, place) in step.enumerated() {
          counts[place] = try shard.integer(pairs[2 * number + 1])
        }
      }
    }
    return counts
  }

  /// Channels that a server is asked about at once.
  private static var step: Int { 1000 }
}

extension RedisClient {
  /// A server that is loading answers PUBSUB, and refuses every message: PING tells.
  fileprivate func askPubSub(
    _ command: RedisCommand, _ deadline: Deadline
  ) throws(ChannelsError) -> [Reply] {
    let replies = try ask([RedisCommand("PING"), command], deadline)
    if case .error(let error) = replies[0], error.code == "LOADING" {
      throw .refused(address, error)
    }
    return try array(replies[1])
  }
}

extension LayerConfiguration {
  /// The glob that the channels of the groups match whose names match `glob`.
  func groupChannelPattern(_ glob: String) -> String { groupChannels.globEscaped + glob }
}
