// The marker of a message whose queues no single script reaches; see `LayerScript` for the others.

extension CoreLayer {
  /// Sets a message's marker, before anything is written: a second sender must not begin meanwhile.
  ///
  /// - Returns: whether it was not there.
  func mark(
    _ id: String, _ group: GroupName, _ policy: SendPolicy, _ deadline: Deadline
  ) throws(ChannelsError) -> Bool {
    let shard = shard(of: group)
    let key = RedisCommand.Argument.text(configuration.onceKey(id, group: group))
    let command = RedisCommand("SET", key, "1", "NX", "EX", "\(policy.onceLife)")
    let reply = try shard.ask([command], deadline)[0]
    if case .error(let error) = reply { throw .refused(shard.address, error) }
    return reply != .null
  }

  /// Takes the marker away again, since nothing was written; that this fails leaves a marker that ends by itself.
  func unmark(_ id: String, _ group: GroupName, _ deadline: Deadline) {
    let key = RedisCommand.Argument.text(configuration.onceKey(id, group: group))
    _ = try? shard(of: group).ask([RedisCommand("DEL", key)], deadline)
  }
}
