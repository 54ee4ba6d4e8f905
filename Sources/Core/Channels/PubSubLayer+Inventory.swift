// Looking at a pub/sub layer: who listens, as far as the servers can tell.

extension PubSubLayer {
  package func groups(
    matching glob: String, deadline: Deadline
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double) {
    let mark = Array(configuration.groupChannels.utf8)
    var channels: [[UInt8]] = []
    for shard in shards.indices {
      let reply = try ask(
        RedisCommand("PUBSUB", "CHANNELS", .text(configuration.groupChannelPattern(glob))), shard,
        deadline)
      guard let found = reply.array else { throw .unexpectedReply(shards[shard].address) }
      // Two entries may be one server with two databases, which channels do not know of.
      channels += found.compactMap(\.bytes).filter { self.shard(of: $0) == shard }
    }
    let counts = try counts(of: channels, deadline)
    let groups = zip(channels, counts).compactMap { channel, count -> GroupSummary? in
      // Who has left meanwhile is no longer one of them.
      guard count > 0 else { return nil }
      let name = String(decoding: channel.dropFirst(mark.count), as: UTF8.self)
      return GroupSummary(name: name, channels: count)
    }
    return (groups, Timestamp.now())
  }

  /// The connections that listen to each channel by its name.
  func counts(
    of channels: [[UInt8]], _ deadline: Deadline
  ) throws(ChannelsError) -> [Int] {
    var counts = [Int](repeating: 0, count: channels.count)
    for shard in shards.indices {
      let places = channels.indices.filter { self.shard(of: channels[$0]) == shard }
      for start in stride(from: 0, to: places.count, by: Self.step) {
        let step = places[start..<min(start + Self.step, places.count)]
        let command = RedisCommand(
          ["PUBSUB", "NUMSUB"] + step.map { RedisCommand.Argument.bytes(channels[$0]) })
        let pairs = try ask(command, shard, deadline).array ?? []
        guard pairs.count == 2 * step.count else {
          throw .unexpectedReply(shards[shard].address)
        }
        for (number, place) in step.enumerated() {
          counts[place] = pairs[2 * number + 1].integer ?? 0
        }
      }
    }
    return counts
  }

  /// Channels that a server is asked about at once.
  private static var step: Int { 1000 }
}

extension LayerConfiguration {
  /// The glob that the channels of the groups match whose names match `glob`.
  func groupChannelPattern(_ glob: String) -> String { groupChannels.globEscaped + glob }
}
