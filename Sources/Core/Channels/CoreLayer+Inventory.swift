// Looking at a layer: nothing is written, no message is taken, and a server is held a moment at a time.
// Of several hosts, those that fail are `missing`, and with them what lives there.

extension CoreLayer {
  /// The groups with live members whose names match a glob, in no order, and the server's time.
  package func groups(
    matching glob: String, deadline: Deadline
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double, missing: [ChannelsError]) {
    var missing = MissingHosts(of: self, deadline)
    let (groups, now) = try groups(matching: glob, &missing)
    return (groups, now, missing.faults)
  }

  /// The live members of a group with their processes' queues, and the server's time.
  package func members(
    of group: [UInt8], deadline: Deadline
  ) throws(ChannelsError) -> (members: [GroupMember], now: Double, missing: [ChannelsError]) {
    let home = shard(ofGroup: group)
    let now = try home.time(deadline)
    var members = try liveMembers(of: group, now: now, deadline)
    var missing = MissingHosts(of: self, deadline)
    let processes = Array(Set(members.map(\.channel.process)))
    let states = Dictionary(
      uniqueKeysWithValues: zip(processes, try queues(of: processes, &missing)))
    for place in members.indices {
      members[place].queue = states[members[place].channel.process] ?? nil
    }
    return (members, now, missing.faults)
  }

  /// Every process of which something waits, in no order, and the server's time.
  package func queues(
    deadline: Deadline
  ) throws(ChannelsError) -> (queues: [ProcessQueue], now: Double, missing: [ChannelsError]) {
    var missing = MissingHosts(of: self, deadline)
    let now = try time(&missing)
    return (try queues(&missing), now, missing.faults)
  }

  /// The members of groups, or of all, whose process has let a message wait for longer than `expiry`.
  ///
  /// A consumer takes the oldest message first, so nobody has drained that queue for as long. Tails of
  /// ours are left to their lease.
  package func ghosts(
    in groups: [[UInt8]]? = nil, deadline: Deadline
  ) throws(ChannelsError) -> (ghosts: [Ghost], now: Double, missing: [ChannelsError]) {
    var missing = MissingHosts(of: self, deadline)
    let (ghosts, now) = try ghosts(in: groups, &missing)
    return (ghosts, now, missing.faults)
  }

  /// The keys of the layer that are wanted, in no order, and how many others have such a name but hold
  /// something else.
  package func keys(
    where isWanted: (LayerKey) -> Bool, deadline: Deadline
  ) throws(ChannelsError) -> (keys: [LayerKey], foreign: Int, missing: [ChannelsError]) {
    var missing = MissingHosts(of: self, deadline)
    let (keys, foreign) = try keys(where: isWanted, &missing)
    return (keys, foreign, missing.faults)
  }

  /// What waits in a process's queue, oldest first, as stored: up to `limit` members from a place on.
  package func peek(
    _ process: [UInt8], from place: Int, limit: Int, deadline: Deadline
  ) throws(ChannelsError) -> [(bytes: [UInt8], score: Double)] {
    let shard = shard(ofProcess: process)
    let key = RedisCommand.Argument.bytes(configuration.name(of: .queue(process: process)))
    let range = RedisCommand("ZRANGE", key, "\(place)", "\(place + limit - 1)", "WITHSCORES")
    return try shard.members(shard.array(shard.ask([range], deadline)[0]))
  }
}

// The same where hosts may be missing already.

extension CoreLayer {
  /// Queues that are asked about at once.
  private static var step: Int { 1000 }

  func groups(
    matching glob: String, _ missing: inout MissingHosts
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double) {
    let now = try time(&missing)
    var sums = GroupSums()
    try eachGroup(matching: glob, now: now, &missing) { name, members in
      if !members.isEmpty { sums.add(name, members) }
    }
    sums.add(try queues(of: sums.processes, &missing))
    return (sums.summaries, now)
  }

  func ghosts(
    in groups: [[UInt8]]?, _ missing: inout MissingHosts
  ) throws(ChannelsError) -> (ghosts: [Ghost], now: Double) {
    let now = try time(&missing)
    let limit = now - Double(configuration.expiry)
    var dead: [[UInt8]: QueueState] = [:]
    for queue in try queues(&missing)
    where !queue.process.isTail && queue.state.oldest ?? now < limit {
      dead[queue.process] = queue.state
    }
    guard !dead.isEmpty else { return ([], now) }
    var ghosts: [Ghost] = []
    let collect = { (group: [UInt8], members: [GroupMember]) in
      for member in members {
        guard let queue = dead[member.channel.process] else { continue }
        ghosts.append(Ghost(group: group, channel: member.channel, queue: queue))
      }
    }
    if let groups {
      for group in groups {
        try missing.asking(shard(ofGroup: group)) { deadline throws(ChannelsError) in
          collect(group, try liveMembers(of: group, now: now, deadline))
        }
      }
    } else {
      try eachGroup(matching: "*", now: now, &missing, visit: collect)
    }
    return (ghosts, now)
  }

  func queues(_ missing: inout MissingHosts) throws(ChannelsError) -> [ProcessQueue] {
    let (keys, _) = try keys(where: { $0.process != nil }, &missing)
    let processes = Array(Set(keys.compactMap(\.process)))
    let states = try queues(of: processes, &missing)
    return zip(processes, states).compactMap { process, state in
      state.map { ProcessQueue(process: process, state: $0) }
    }
  }

  private func keys(
    where isWanted: (LayerKey) -> Bool, _ missing: inout MissingHosts
  ) throws(ChannelsError) -> (keys: [LayerKey], foreign: Int) {
    let configuration = configuration
    var keys: [LayerKey] = []
    var foreign = 0
    for shard in shards {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        try shard.scan(
          configuration.keyPattern, deadline,
          where: { configuration.meaning(of: $0).map(isWanted) ?? false },
          asking: { RedisCommand("TYPE", .bytes($0)) }
        ) { name, reply in
          // A key that went away meanwhile is of type "none".
          if reply.text == "zset", let key = configuration.meaning(of: name) {
            keys.append(key)
          } else if reply.text != "none" {
            foreign += 1
          }
        }
      }
    }
    return (keys, foreign)
  }

  /// The state of each process's queue; nil where the host is missing.
  private func queues(
    of processes: [[UInt8]], _ missing: inout MissingHosts
  ) throws(ChannelsError) -> [QueueState?] {
    var states = [QueueState?](repeating: nil, count: processes.count)
    for (shard, places) in byShard(processes, name: { $0 }) {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        for start in stride(from: 0, to: places.count, by: Self.step) {
          let step = places[start..<min(start + Self.step, places.count)]
          let found = try queues(of: step.map { processes[$0] }, on: shard, deadline)
          for (place, state) in zip(step, found) { states[place] = state }
        }
      }
    }
    return states
  }

  private func queues(
    of processes: [[UInt8]], on shard: RedisClient, _ deadline: Deadline
  ) throws(ChannelsError) -> [QueueState] {
    var states = [QueueState](repeating: QueueState(), count: processes.count)
    var faults = ReplyFaults()
    let commands = processes.flatMap { process in
      let queue = RedisCommand.Argument.bytes(configuration.name(of: .queue(process: process)))
      let backup = RedisCommand.Argument.bytes(configuration.name(of: .inFlight(process: process)))
      return [
        RedisCommand("ZCARD", queue), RedisCommand("ZRANGE", queue, "0", "0", "WITHSCORES"),
        RedisCommand("ZCARD", backup),
      ]
    }
    try shard.ask(commands, deadline) { number, reply in
      let place = number / 3
      faults.note(reply)
      switch number % 3 {
      case 0: states[place].queued = reply.amount ?? 0
      case 1: states[place].oldest = reply.array?.last?.double
      default: states[place].inFlight = reply.amount ?? 0
      }
    }
    if let error = faults.first { throw .refused(shard.address, error) }
    return states
  }

  /// Calls `visit` with each group whose name matches a glob, and its live members.
  private func eachGroup(
    matching glob: String, now: Double, _ missing: inout MissingHosts,
    visit: ([UInt8], [GroupMember]) -> Void
  ) throws(ChannelsError) {
    let gone = Int(now) - configuration.memberLife
    for shard in shards {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        try shard.scan(
          configuration.groupPattern(glob), deadline,
          asking: { Self.membersCommand($0, gone: gone) }
        ) { key, reply in
          guard case .group(let name)? = configuration.meaning(of: key) else { return }
          visit(name, Self.members(reply.array ?? []))
        }
      }
    }
  }

  private func liveMembers(
    of group: [UInt8], now: Double, _ deadline: Deadline
  ) throws(ChannelsError) -> [GroupMember] {
    let shard = shard(ofGroup: group)
    let command = Self.membersCommand(
      configuration.name(of: .group(group)), gone: Int(now) - configuration.memberLife)
    return Self.members(try shard.array(shard.ask([command], deadline)[0]))
  }

  /// The members of a group that no sender would sweep (`channels_redis/core.py group_send`).
  private static func membersCommand(_ key: [UInt8], gone: Int) -> RedisCommand {
    RedisCommand("ZRANGEBYSCORE", .bytes(key), "(\(gone)", "+inf", "WITHSCORES")
  }

  private static func members(_ pairs: [Reply]) -> [GroupMember] {
    stride(from: 0, to: pairs.count - 1, by: 2).compactMap { place in
      guard let channel = pairs[place].bytes, let joined = pairs[place + 1].double else {
        return nil
      }
      return GroupMember(channel: channel, joined: joined)
    }
  }

  /// The time of the first host that tells it.
  private func time(_ missing: inout MissingHosts) throws(ChannelsError) -> Double {
    var now: Double?
    for shard in shards where now == nil {
      try missing.asking(shard) { deadline throws(ChannelsError) in now = try shard.time(deadline) }
    }
    return now ?? Timestamp.now()
  }
}
