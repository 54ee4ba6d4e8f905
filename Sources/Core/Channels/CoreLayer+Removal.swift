// Taking things out of a layer, in steps that hold the server a moment at a time.

extension CoreLayer {
  /// Of these channels, those that are members of the group, live or not.
  package func memberships(
    of channels: [String], in group: [UInt8], deadline: Deadline
  ) throws(ChannelsError) -> [Bool] {
    let shard = shard(ofGroup: group)
    let key = RedisCommand.Argument.bytes(configuration.name(of: .group(group)))
    let replies = try shard.ask(channels.map { RedisCommand("ZSCORE", key, .text($0)) }, deadline)
    for case .error(let error) in replies { throw .refused(shard.address, error) }
    return replies.map { $0 != .null }
  }

  /// Takes members out of their groups (`channels_redis/core.py group_discard`).
  ///
  /// - Parameter removed: is told how many went with each step.
  package func discard(
    _ members: [(group: [UInt8], channel: [UInt8])], deadline: Deadline, removed: (Int) -> Void
  ) throws(ChannelsError) {
    let commands = members.map { group, channel in
      RedisCommand("ZREM", .bytes(configuration.name(of: .group(group))), .bytes(channel))
    }
    try remove(byShard(members, name: \.group), commands, deadline, removed)
  }

  /// Removes keys, the memory of their values in the server's background; from every host, since a key
  /// may be where another number of hosts would have had it.
  ///
  /// - Parameter removed: is told how many went with each step.
  package func unlink(
    _ keys: [LayerKey], deadline: Deadline, removed: (Int) -> Void
  ) throws(ChannelsError) {
    let commands = keys.map { RedisCommand("UNLINK", .bytes(configuration.name(of: $0))) }
    try remove(shards.map { ($0, Array(keys.indices)) }, commands, deadline, removed)
  }

  /// Runs the commands of each host; one that fails keeps nothing from going on the others.
  private func remove(
    _ steps: [(RedisClient, [Int])], _ commands: [RedisCommand], _ deadline: Deadline,
    _ removed: (Int) -> Void
  ) throws(ChannelsError) {
    var fault: ChannelsError?
    for (shard, places) in steps {
      do {
        try remove(places.map { commands[$0] }, on: shard, deadline, removed)
      } catch {
        fault = fault ?? error
      }
    }
    if let fault { throw fault }
  }

  private func remove(
    _ commands: [RedisCommand], on shard: RedisClient, _ deadline: Deadline,
    _ removed: (Int) -> Void
  ) throws(ChannelsError) {
    for start in stride(from: 0, to: commands.count, by: 1000) {
      let step = Array(commands[start..<min(start + 1000, commands.count)])
      var fault: ServerError?
      try shard.ask(step, deadline) { _, reply in
        if case .error(let error) = reply { fault = fault ?? error }
        removed(reply.amount ?? 0)
      }
      if let fault { throw .refused(shard.address, fault) }
    }
  }
}
