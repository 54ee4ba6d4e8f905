/// The marker of a message that goes to its group once (`GroupMessage.once`), on the group's host.
///
/// Where one script writes all of a message, it also sets the marker (`LayerScript`). Where none can, it is
/// set before anything is written, since a second sender must not begin meanwhile.
struct OnceMarker {
  let key: String
  /// Seconds.
  let life: Int

  /// What a script says of a message whose marker is there.
  static let wasThere = Reply.status("TAKEN")
}

extension LayerConfiguration {
  func marker(of message: GroupMessage, _ policy: SendPolicy) -> OnceMarker? {
    message.once.map {
      OnceMarker(key: "\(prefix):once:\(message.group.text):\($0)", life: policy.onceLife)
    }
  }
}

extension RedisClient {
  /// - Returns: whether the marker was not there.
  func set(_ marker: OnceMarker, _ deadline: Deadline) throws(ChannelsError) -> Bool {
    let command = RedisCommand("SET", .text(marker.key), "1", "NX", "EX", "\(marker.life)")
    let reply = try ask([command], deadline)[0]
    if case .error(let error) = reply { throw .refused(address, error) }
    return reply != .null
  }

  /// Takes the marker away again, since nothing was written.
  ///
  /// - Returns: why it may stay, which leaves the message in doubt: a repeat would not be sent.
  func remove(_ marker: OnceMarker, _ deadline: Deadline) -> ChannelsError? {
    do {
      _ = try integer(ask([RedisCommand("DEL", .text(marker.key))], deadline)[0])
      return nil
    } catch {
      return error.withDoubt
    }
  }
}
