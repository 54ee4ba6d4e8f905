// Taking things out of a layer, in steps that hold the server a moment at a time.

extension CoreLayer {
  /// Of these channels, those that are members of the group, live or not.
  package func memberships(
    of channels: [String], in group: [UInt8], deadline: Deadline
  ) throws(ChannelsError) -> [Bool] {
    let key = RedisCommand.Argument.bytes(configuration.name(of: .group(group)))
    let replies = try pipeline(
      channels.map { RedisCommand("ZSCORE", key, .text($0)) }, deadline)
    for case .error(let error) in replies { throw .refused(address, error) }
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
    try remove(commands, deadline, removed)
  }

  /// Removes keys, the memory of their values in the server's background.
  ///
  /// - Parameter removed: is told how many went with each step.
  package func unlink(
    _ keys: [LayerKey], deadline: Deadline, removed: (Int) -> Void
  ) throws(ChannelsError) {
    let commands = keys.map { RedisCommand("UNLINK", .bytes(configuration.name(of: $0))) }
    try remove(commands, deadline, removed)
  }

  private func remove(
    _ commands: [RedisCommand], _ deadline: Deadline, _ removed: (Int) -> Void
  ) throws(ChannelsError) {
    for start in stride(from: 0, to: commands.count, by: 1000) {
      let step = Array(commands[start..<min(start + 1000, commands.count)])
      var fault: ServerError?
      try pipeline(step, deadline) { _, reply in
        if case .error(let error) = reply { fault = fault ?? error }
        removed(reply.integer ?? 0)
      }
      if let fault { throw .refused(address, fault) }
    }
  }
}
