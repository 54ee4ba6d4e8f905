// What the server tells of itself, and how far away it is.

extension CoreLayer {
  package func serverInfo(deadline: Deadline) throws(ChannelsError) -> ServerInfo {
    let reply = try answer(RedisCommand("INFO"), deadline)
    guard let text = reply.text else { throw .unexpectedReply(address) }
    return ServerInfo(text)
  }

  /// The parameters of the server's configuration that match a glob (`CONFIG GET`).
  package func serverSettings(
    _ glob: String, deadline: Deadline
  ) throws(ChannelsError) -> [String: String] {
    let words = try array(answer(RedisCommand("CONFIG", "GET", .text(glob)), deadline))
      .map { $0.text ?? "" }
    var settings: [String: String] = [:]
    for place in stride(from: 0, to: words.count - 1, by: 2) {
      settings[words[place]] = words[place + 1]
    }
    return settings
  }

  /// Seconds by which the server's clock is ahead of ours, to about half a round trip.
  package func clockOffset(deadline: Deadline) throws(ChannelsError) -> Double {
    let start = Timestamp.now()
    let server = try time(pipeline([RedisCommand("TIME")], deadline)[0])
    return server - (start + Timestamp.now()) / 2
  }

  /// The round trip of PING, in seconds.
  package func ping(deadline: Deadline) throws(ChannelsError) -> Double {
    let start = Deadline.monotonic()
    _ = try answer(RedisCommand("PING"), deadline)
    return Deadline.monotonic() - start
  }

  private func answer(
    _ command: RedisCommand, _ deadline: Deadline
  ) throws(ChannelsError) -> Reply {
    let reply = try pipeline([command], deadline)[0]
    if case .error(let error) = reply { throw .refused(address, error) }
    return reply
  }
}
