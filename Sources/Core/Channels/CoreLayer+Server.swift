// What the servers tell of themselves, and how far away they are.

extension CoreLayer {
  /// What each host tells of itself.
  package var servers: [LayerServer] { shards.map(LayerServer.init) }
}

/// One host of a layer, as a server.
package struct LayerServer {
  let client: RedisClient

  package var address: RedisAddress { client.address }

  package func info(deadline: Deadline) throws(ChannelsError) -> ServerInfo {
    let reply = try answer(RedisCommand("INFO"), deadline)
    guard let text = reply.text else { throw .unexpectedReply(address) }
    return ServerInfo(text)
  }

  /// The parameters of the server's configuration that match a glob (`CONFIG GET`).
  package func settings(
    _ glob: String, deadline: Deadline
  ) throws(ChannelsError) -> [String: String] {
    let reply = try answer(RedisCommand("CONFIG", "GET", .text(glob)), deadline)
    let words = try client.array(reply).map { $0.text ?? "" }
    var settings: [String: String] = [:]
    for place in stride(from: 0, to: words.count - 1, by: 2) {
      settings[words[place]] = words[place + 1]
    }
    return settings
  }

  /// Seconds by which the server's clock is ahead of ours, to about half a round trip.
  package func clockOffset(deadline: Deadline) throws(ChannelsError) -> Double {
    let start = Timestamp.now()
    let server = try client.time(deadline)
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
    let reply = try client.ask([command], deadline)[0]
    if case .error(let error) = reply { throw .refused(address, error) }
    return reply
  }
}
