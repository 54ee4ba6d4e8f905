// A send in two round trips: the group is read, and each host adds the messages to its queues in chunks.

extension CoreLayer {
  /// Queues that one script writes to, and bytes that it stores, at most: it holds the server for some ms.
  private static let chunkQueues = 250
  private static let chunkBytes = 2 << 20
  /// Bytes that go out in one write, about.
  private static let writeBytes = 8 << 20
  /// Messages that go out together, and bytes of them, at most: each script has them all.
  private static let (atOnce, atOnceBytes) = (64, 32 << 10)

  /// Sends the next messages of a run, as many as the queues that are waited for have room for, and takes
  /// them off; none, where it waits.
  ///
  /// - Throws: with a single host what it cannot be asked for, as the one script does; and `.interrupted`.
  func fanOut(
    _ run: inout SendRun, _ messages: [GroupMessage], _ policy: SendPolicy,
    _ faults: inout HostFaults, _ deadline: Deadline, _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    // What is encrypted has a body for each queue.
    let atOnce = configuration.encryptionKeys.isEmpty ? min(Self.atOnce, prefixes.rising) : 1
    var places = run.next(of: messages, atMost: atOnce, bytes: Self.atOnceBytes)
    do {
      var fanout = try fanout(to: run.group, &faults, deadline)
      if fanout.channels < policy.require || policy.whenFull != .drop {
        let seen = try look(at: fanout, room: places.count, &faults, deadline)
        if fanout.channels < policy.require {
          return run.finish(places.count, report) { _ in .withheld(seen.audience(of: fanout)) }
        }
        let holders = seen.full.filter { holdsUp($0.process, run.group, policy) }
        let room = holders.map(\.room).min() ?? places.count
        guard room > 0 else {
          return hold(
            &run, places.count, behind: holders.filter { $0.room == 0 }, seen.audience(of: fanout),
            policy, deadline, report)
        }
        places = places.prefix(room)
        fanout = fanout.lifted { holdsUp($0, run.group, policy) }
      }
      let heads = places.map { messages[$0].encoded.head }
      let marker = places.first.flatMap { configuration.marker(of: messages[$0], policy) }
      var tally = try deliver(heads, to: fanout, marking: marker, &faults, deadline)
      if tally.isDuplicate { return run.finish(1, report) { _ in .duplicate } }
      if policy.namesQueues { receipts[run.group] = tally.receipt }
      try sweep(fanout, &tally, deadline)
      run.finish(places.count, report) { tally.outcome(of: fanout, at: $0) }
    } catch {
      if error.isInterruption {
        // What is behind them was not written.
        if error != .interrupted { run.finish(places.count, report) { _ in .failed(error) } }
        throw .interrupted
      }
      guard shards.count > 1 else { throw error.withNothingSent }
      run.finish(places.count, report) { _ in .failed(error.withNothingSent) }
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
  func audience(
    of group: GroupName, _ faults: inout HostFaults, _ deadline: Deadline
  ) throws(ChannelsError) -> Audience {
    let fanout = try fanout(to: group, &faults, deadline)
    return try look(at: fanout, room: 1, &faults, deadline).audience(of: fanout)
  }

  /// Finds the queues that have no room for so many messages; of those on a host that fails nobody knows,
  /// so nobody waits for them.
  private func look(
    at fanout: Fanout, room: Int, _ faults: inout HostFaults, _ deadline: Deadline
  ) throws(ChannelsError) -> Tally {
    var tally = Tally()
    for (shard, queues) in byShard(fanout) where faults[queues[0].shard] == nil {
      let keys = queues.map { (queue: $0, rest: [UInt8]()) }
      do {
        for chunk in chunks(of: keys[...], []) {
          let deadline = deadline.shared(by: shards.count)
          try run([call(chunk, count: room, [])], [chunk], on: shard, &tally, deadline)
        }
      } catch {
        guard shards.count > 1, !error.isInterruption else { throw error }
        faults[queues[0].shard] = error
      }
    }
    return tally
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

  /// The same for a message that may have a marker: where one script writes to all queues, it also sets that.
  private func deliver(
    _ heads: [[UInt8]], to fanout: Fanout, marking marker: OnceMarker?, _ faults: inout HostFaults,
    _ deadline: Deadline
  ) throws(ChannelsError) -> Tally {
    guard let marker, !(try isOneScript(heads, fanout)) else {
      return try deliver(heads, to: fanout, &faults, deadline, marker: marker)
    }
    let home = shard(of: fanout.group)
    // What can fail before the first write is to leave no marker.
    _ = try serializer()
    var tally = Tally()
    do {
      guard try home.set(marker, deadline) else { return .duplicate }
    } catch {
      guard case .uncertain = error else { throw error }
      faults[index(of: Array(fanout.group.text.utf8))] = error
      tally.fail(fanout.queues[...], error)
      return tally
    }
    do { tally = try deliver(heads, to: fanout, &faults, deadline) } catch { throw error.withDoubt }
    if !tally.mayHaveWritten(to: fanout), let doubt = home.remove(marker, deadline) {
      tally.fail([], doubt)
    }
    return tally
  }

  /// Whether the queues are on one host, and few enough for one script.
  private func isOneScript(_ heads: [[UInt8]], _ fanout: Fanout) throws(ChannelsError) -> Bool {
    guard shards.count == 1, fanout.queues.count <= Self.chunkQueues else { return false }
    let serializer = try serializer()
    let members = try members(heads[0], of: fanout.queues[...], now: fanout.now)
    let chunks = chunks(of: members[...], heads.map { serializer.shared($0, &prefixes) })
    return members.count == fanout.queues.count && chunks.count == 1
  }

  /// Writes to each host's queues; one that fails keeps nobody from the messages on the others.
  private func deliver(
    _ heads: [[UInt8]], to fanout: Fanout, _ faults: inout HostFaults, _ deadline: Deadline,
    marker: OnceMarker? = nil
  ) throws(ChannelsError) -> Tally {
    var tally = Tally()
    let serializer = try serializer()
    let shared = heads.map { serializer.shared($0, &prefixes) }
    for (shard, queues) in byShard(fanout) {
      let place = queues[0].shard
      if let fault = faults[place] {
        tally.fail(queues, fault)
        continue
      }
      var rest = queues
      do {
        while !rest.isEmpty {
          let members = try members(heads[0], of: rest, now: fanout.now)
          var chunks = chunks(of: members[...], shared)[...]
          while !chunks.isEmpty {
            let written = Array(chunks.prefix(max(1, Self.writeBytes / shared.size)))
            chunks = chunks.dropFirst(written.count)
            rest = rest.dropFirst(written.reduce(0) { $0 + $1.count })
            let calls = written.map { call($0, count: shared.count, shared, marker) }
            try run(calls, written, on: shard, &tally, deadline.shared(by: shards.count))
          }
        }
      } catch {
        if error == .interrupted { throw tally.isEmpty ? error : .uncertain(.interrupted) }
        faults[place] = error
        tally.fail(rest, error.withNothingSent)
      }
    }
    return tally
  }

  /// How members end in as many of the queues as go out in one write.
  private func members(
    _ head: [UInt8], of queues: ArraySlice<Fanout.Queue>, now: Double
  ) throws(ChannelsError) -> [(queue: Fanout.Queue, rest: [UInt8])] {
    let serializer = try serializer()
    var members: [(queue: Fanout.Queue, rest: [UInt8])] = []
    var bytes = 0
    for queue in queues where bytes < Self.writeBytes {
      do {
        let rest = try serializer.rest(of: head, for: queue.channels, now: now)
        members.append((queue, rest))
        bytes += queue.process.count + rest.count
      } catch {
        throw .encryption(error)
      }
    }
    return members
  }

  /// Runs the script for each chunk; those that no reply came for have failed, unless a signal came first.
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
      } else if let fault, fault != .interrupted {
        tally.fail(queues, fault)
      }
    }
    if let fault { throw fault }
  }

  /// Queues that one script writes to, each with how its members end.
  private typealias Chunk = ArraySlice<(queue: Fanout.Queue, rest: [UInt8])>

  /// - Parameter shared: what members begin with.
  private func chunks(of members: Chunk, _ shared: [[UInt8]]) -> [Chunk] {
    let each = shared.size
    var chunks: [Chunk] = []
    var rest = members
    while !rest.isEmpty {
      var bytes = 0
      let end = rest.firstIndex { member in
        bytes += each + shared.count * member.rest.count
        return bytes > Self.chunkBytes
      }
      let fitting = (end ?? rest.endIndex) - rest.startIndex
      let chunk = rest.prefix(max(1, min(fitting, Self.chunkQueues)))
      chunks.append(chunk)
      rest = rest.dropFirst(chunk.count)
    }
    return chunks
  }

  private func call(
    _ chunk: Chunk, count: Int, _ shared: [[UInt8]], _ marker: OnceMarker? = nil
  ) -> ScriptCall {
    let texts = ["\(configuration.expiry)", "\(count)", "\(shared.count)"]
    var keys: [RedisCommand.Argument] = chunk.map {
      .bytes(configuration.name(of: .queue(process: $0.queue.process)))
    }
    var arguments: [RedisCommand.Argument] =
      texts.map { .text($0) } + shared.map { .bytes($0) }
      + chunk.flatMap { [.text("\($0.queue.capacity)"), .bytes($0.rest)] }
    if let marker {
      keys.append(.text(marker.key))
      arguments.append("\(marker.life)")
    }
    return ScriptCall(keys: keys, arguments)
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

extension [[UInt8]] {
  /// Bytes of all, and one so that it divides.
  fileprivate var size: Int { reduce(1) { $0 + $1.count } }
}
