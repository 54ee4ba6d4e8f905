// A send in two round trips: the group is read, and each host adds the message to its queues in chunks.

extension CoreLayer {
  /// Queues that one script writes to, and bytes that it stores, at most: it holds the server for 2 ms.
  private static let chunkQueues = 250
  private static let chunkBytes = 2 << 20
  /// Bytes that go out in one write, about.
  private static let writeBytes = 8 << 20

  /// Sends one message.
  ///
  /// - Throws: with a single host what it cannot be asked for, as the one script does; and `.interrupted`.
  func fanOut(
    _ message: GroupMessage, _ policy: SendPolicy, _ faults: inout HostFaults, _ deadline: Deadline
  ) throws(ChannelsError) -> Delivery {
    do {
      let fanout = try fanout(to: message.group, &faults, deadline)
      if fanout.channels < policy.require || policy.whenFull == .fail {
        let audience = try audience(of: fanout, deadline)
        guard policy.allows(audience) else {
          return Delivery(group: message.group, outcome: .withheld(audience))
        }
      }
      var tally = try deliver(message, to: fanout, policy, &faults, deadline)
      if policy.namesQueues { receipts[message.group] = tally.receipt }
      try sweep(fanout, &tally, deadline)
      return Delivery(group: message.group, outcome: tally.outcome(of: fanout))
    } catch {
      if error.isInterruption { throw error }
      guard shards.count > 1 else { throw error.withNothingSent }
      return Delivery(group: message.group, outcome: .failed(error.withNothingSent))
    }
  }

  /// Reads a group.
  func fanout(to group: GroupName, _ deadline: Deadline) throws(ChannelsError) -> Fanout {
    let shard = shard(of: group)
    let replies = try shard.ask(
      [
        RedisCommand("TIME"),
        RedisCommand("ZRANGE", .text(configuration.groupKey(group)), "0", "-1", "WITHSCORES"),
      ], deadline)
    let now = try shard.time(replies[0])
    return Fanout(
      group, try shard.members(shard.array(replies[1])), now: now,
      gone: now.rounded(.down) - Double(configuration.memberLife), capacities: capacities,
      shard: index)
  }

  /// Who a message would reach.
  func audience(of fanout: Fanout, _ deadline: Deadline) throws(ChannelsError) -> Audience {
    var tally = Tally()
    for (shard, queues) in byShard(fanout) {
      let keys = queues.map { (queue: $0, own: [UInt8]()) }
      for chunk in chunks(of: keys[...], shared: 0) {
        try run([call(chunk, shared: [], mode: "check")], [chunk], on: shard, &tally, deadline)
      }
    }
    if let fault = tally.fault { throw fault }
    return tally.audience(of: fanout)
  }

  private func fanout(
    to group: GroupName, _ faults: inout HostFaults, _ deadline: Deadline
  ) throws(ChannelsError) -> Fanout {
    let place = index(of: Array(group.text.utf8))
    if let fault = faults[place] { throw fault }
    do {
      return try fanout(to: group, deadline.shared(by: shards.count))
    } catch {
      if !error.isRefusal { faults[place] = error }
      throw error.withNothingSent
    }
  }

  /// Writes to each host's queues; one that fails keeps nobody from the message on the others.
  private func deliver(
    _ message: GroupMessage, to fanout: Fanout, _ policy: SendPolicy, _ faults: inout HostFaults,
    _ deadline: Deadline
  ) throws(ChannelsError) -> Tally {
    var tally = Tally()
    let prefix = prefixes.next()
    for (shard, queues) in byShard(fanout) {
      let place = queues[0].shard
      if let fault = faults[place] {
        tally.fail(queues, fault)
        continue
      }
      var rest = queues
      do {
        while !rest.isEmpty {
          try write(
            &rest, message, prefix, fanout.now, policy, on: shard, &tally,
            deadline.shared(by: shards.count))
        }
      } catch {
        if error == .interrupted { throw tally.isEmpty ? error : .uncertain(.interrupted) }
        faults[place] = error
        tally.fail(rest, error.withNothingSent)
      }
    }
    return tally
  }

  /// Writes to as many queues as go out in one write, and takes those off.
  private func write(
    _ rest: inout ArraySlice<Fanout.Queue>, _ message: GroupMessage, _ prefix: [UInt8],
    _ now: Double, _ policy: SendPolicy, on shard: RedisClient, _ tally: inout Tally,
    _ deadline: Deadline
  ) throws(ChannelsError) {
    let serializer = try serializer()
    var shared: [UInt8] = []
    var members: [(queue: Fanout.Queue, own: [UInt8])] = []
    var bytes = 0
    for queue in rest where bytes < Self.writeBytes {
      let parts: (shared: [UInt8], own: [UInt8])
      do {
        parts = try serializer.member(
          prefix: prefix, head: message.head, channels: queue.channels, now: now)
      } catch {
        throw .encryption(error)
      }
      shared = parts.shared
      members.append((queue, parts.own))
      bytes += queue.process.count + parts.own.count
    }
    // Room was looked for on every host before; what has filled since is let over the brim a little, as
    // `channels_redis/core.py send` does.
    let mode = policy.whenFull == .fail ? "force" : "drop"
    let chunks = chunks(of: members[...], shared: shared.count)
    rest = rest.dropFirst(members.count)
    let calls = chunks.map { call($0, shared: shared, mode: mode) }
    try run(calls, chunks, on: shard, &tally, deadline)
  }

  /// Runs the script for each chunk; those that no reply came for have failed.
  private func run(
    _ calls: [ScriptCall], _ chunks: [Chunk], on shard: RedisClient, _ tally: inout Tally,
    _ deadline: Deadline
  ) throws(ChannelsError) {
    var replies = [Reply?](repeating: nil, count: chunks.count)
    var fault: ChannelsError?
    do {
      try shard.evaluate(.fanOut, calls, deadline) { replies[$0] = $1 }
    } catch {
      fault = error
    }
    for (chunk, reply) in zip(chunks, replies) {
      let queues = chunk.map(\.queue)[...]
      if let reply {
        tally.add(reply, of: queues, from: shard.address)
      } else if let fault {
        tally.fail(queues, fault)
      }
    }
    if let fault { throw fault }
  }

  /// Queues that one script writes to, each with the part of the member that is its own.
  private typealias Chunk = ArraySlice<(queue: Fanout.Queue, own: [UInt8])>

  private func chunks(of members: Chunk, shared: Int) -> [Chunk] {
    var chunks: [Chunk] = []
    var rest = members
    while !rest.isEmpty {
      var bytes = 0
      let end = rest.firstIndex { member in
        bytes += shared + member.own.count
        return bytes > Self.chunkBytes
      }
      let fitting = (end ?? rest.endIndex) - rest.startIndex
      let chunk = rest.prefix(max(1, min(fitting, Self.chunkQueues)))
      chunks.append(chunk)
      rest = rest.dropFirst(chunk.count)
    }
    return chunks
  }

  private func call(_ chunk: Chunk, shared: [UInt8], mode: String) -> ScriptCall {
    ScriptCall(
      keys: chunk.map { .bytes(configuration.name(of: .queue(process: $0.queue.process))) },
      [.bytes(shared), "\(configuration.expiry)", .text(mode)]
        + chunk.flatMap { ["\($0.queue.capacity)", .bytes($0.own)] })
  }

  private func byShard(_ fanout: Fanout) -> [(RedisClient, ArraySlice<Fanout.Queue>)] {
    byShard(fanout.queues, name: \.process).map { shard, places in
      (shard, places.map { fanout.queues[$0] }[...])
    }
  }

  /// Takes out of the group whom the next sender would (`channels_redis/core.py group_send`).
  private func sweep(
    _ fanout: Fanout, _ tally: inout Tally, _ deadline: Deadline
  ) throws(ChannelsError) {
    guard fanout.hasStale else { return }
    let gone = Int(fanout.now) - configuration.memberLife
    let command = RedisCommand(
      "ZREMRANGEBYSCORE", .text(configuration.groupKey(fanout.group)), "0", "\(gone)")
    // That it fails costs nobody a message, and the next sender tries again.
    do {
      let replies = try shard(of: fanout.group).ask([command], deadline)
      if case .error(let error)? = replies.first { tally.warn(error) }
    } catch {}
  }
}
