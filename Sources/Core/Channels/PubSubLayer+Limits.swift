// How large a message may be.

extension PubSubLayer {
  /// Beyond this the servers are asked for their limits; most never are.
  private static var unasked: Int { 8 << 20 }

  /// Refuses what a server would not take, or what would cut off everyone who should get it: a subscriber
  /// whose unread messages exceed `client-output-buffer-limit` is disconnected.
  func checkSizes(
    _ publications: [Publication], _ deadline: Deadline
  ) throws(ChannelsError) {
    for publication in publications where publication.body.count > Self.unasked {
      let limit = try sizeLimit(of: publication.shard, deadline)
      guard publication.body.count <= limit else {
        throw .tooLarge(
          shards[publication.shard].address, group: publication.group,
          bytes: publication.body.count, limit: limit)
      }
    }
  }

  private func sizeLimit(of shard: Int, _ deadline: Deadline) throws(ChannelsError) -> Int {
    let bulk = try setting("proto-max-bulk-len", shard, deadline).flatMap { Int($0) } ?? 512 << 20
    let buffers = try setting("client-output-buffer-limit", shard, deadline) ?? ""
    let words = buffers.split(separator: " ")
    let hard =
      words.firstIndex(of: "pubsub").map { words.index(after: $0) }
      .flatMap { words.indices.contains($0) ? Int(words[$0]) : nil } ?? 32 << 20
    // The server's allocator rounds large blocks up by a fifth at most, and counts what it took.
    return hard == 0 ? bulk : min(bulk, hard / 5 * 4)
  }

  /// A parameter of the server's configuration; nil where it is not ours to ask.
  private func setting(
    _ name: String, _ shard: Int, _ deadline: Deadline
  ) throws(ChannelsError) -> String? {
    do {
      return try servers[shard].settings(name, deadline: deadline)[name]
    } catch .refused {
      return nil
    }
  }
}
