// Looking at a layer: nothing is written, no message is taken, and the server is held a moment at a time.

extension CoreLayer {
  /// The groups with live members whose names match a glob, in no order, and the server's time.
  package func groups(
    matching glob: String, deadline: Deadline
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double) {
    let now = try time(deadline)
    var sums = GroupSums()
    try eachGroup(matching: glob, now: now, deadline) { name, members in
      if !members.isEmpty { sums.add(name, members) }
    }
    sums.add(try queues(of: sums.processes, deadline: deadline))
    return (sums.summaries, now)
  }

  /// The live members of a group with their processes' queues, and the server's time.
  package func members(
    of group: [UInt8], deadline: Deadline
  ) throws(ChannelsError) -> (members: [GroupMember], now: Double) {
    let now = try time(deadline)
    var members = try liveMembers(of: group, now: now, deadline)
    let processes = Array(Set(members.map(\.channel.process)))
    let states = Dictionary(
      uniqueKeysWithValues: zip(processes, try queues(of: processes, deadline: deadline)))
    for place in members.indices {
      members[place].queue = states[members[place].channel.process] ?? QueueState()
    }
    return (members, now)
  }

  /// Every process of which something waits, in no order, and the server's time.
  package func queues(
    deadline: Deadline
  ) throws(ChannelsError) -> (queues: [ProcessQueue], now: Double) {
    let now = try time(deadline)
    let (keys, _) = try keys(where: { $0.process != nil }, deadline: deadline)
    let processes = Array(Set(keys.compactMap(\.process)))
    let states = try queues(of: processes, deadline: deadline)
    return (zip(processes, states).map { ProcessQueue(process: $0, state: $1) }, now)
  }

  /// The members of groups, or of all, whose process has let a message wait for longer than `expiry`.
  ///
  /// A consumer takes the oldest message first, so nobody has drained that queue for as long. Tails of
  /// ours are left to their lease.
  package func ghosts(
    in groups: [[UInt8]]? = nil, deadline: Deadline
  ) throws(ChannelsError) -> (ghosts: [Ghost], now: Double) {
    let (queues, now) = try queues(deadline: deadline)
    let limit = now - Double(configuration.expiry)
    var dead: [[UInt8]: QueueState] = [:]
    for queue in queues where !queue.process.isTail && queue.state.oldest ?? now < limit {
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
      for group in groups { collect(group, try liveMembers(of: group, now: now, deadline)) }
    } else {
      try eachGroup(matching: "*", now: now, deadline, visit: collect)
    }
    return (ghosts, now)
  }

  /// The keys of the layer that are wanted, in no order, and how many others have such a name but hold
  /// something else.
  package func keys(
    where isWanted: (LayerKey) -> Bool, deadline: Deadline
  ) throws(ChannelsError) -> (keys: [LayerKey], foreign: Int) {
    let configuration = configuration
    var keys: [LayerKey] = []
    var foreign = 0
    try scan(
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
    return (keys, foreign)
  }

  /// The state of each process's queue.
  package func queues(
    of processes: [[UInt8]], deadline: Deadline
  ) throws(ChannelsError) -> [QueueState] {
    var states = [QueueState](repeating: QueueState(), count: processes.count)
    var faults = Faults()
    for start in stride(from: 0, to: processes.count, by: Self.step) {
      let commands = processes[start..<min(start + Self.step, processes.count)].flatMap { process in
        let queue = RedisCommand.Argument.bytes(configuration.name(of: .queue(process: process)))
        let backup = RedisCommand.Argument.bytes(
          configuration.name(of: .inFlight(process: process)))
        return [
          RedisCommand("ZCARD", queue), RedisCommand("ZRANGE", queue, "0", "0", "WITHSCORES"),
          RedisCommand("ZCARD", backup),
        ]
      }
      try pipeline(commands, deadline) { number, reply in
        let place = start + number / 3
        faults.note(reply)
        switch number % 3 {
        case 0: states[place].queued = reply.integer ?? 0
        case 1: states[place].oldest = reply.array?.last?.double
        default: states[place].inFlight = reply.integer ?? 0
        }
      }
    }
    if let error = faults.first { throw .refused(address, error) }
    return states
  }

  /// What waits in a process's queue, oldest first, as stored: up to `limit` members from a place on.
  package func peek(
    _ process: [UInt8], from place: Int, limit: Int, deadline: Deadline
  ) throws(ChannelsError) -> [(bytes: [UInt8], score: Double)] {
    let key = RedisCommand.Argument.bytes(configuration.name(of: .queue(process: process)))
    let range = RedisCommand("ZRANGE", key, "\(place)", "\(place + limit - 1)", "WITHSCORES")
    return try members(array(pipeline([range], deadline)[0]))
  }
}

extension CoreLayer {
  /// Keys that SCAN looks at, and queues that are asked about, at once.
  private static var step: Int { 1000 }

  /// The first error among replies; a key of another type is no error, but none of the layer's.
  private struct Faults {
    var first: ServerError?

    mutating func note(_ reply: Reply) {
      if first == nil, case .error(let error) = reply, error.code != "WRONGTYPE" { first = error }
    }
  }

  /// Walks the keys that match a glob, and asks one thing about each that is wanted.
  ///
  /// What one step found is asked about in the write that asks for the next. A key that SCAN returns
  /// again is passed over.
  func scan(
    _ pattern: String, _ deadline: Deadline, where isWanted: ([UInt8]) -> Bool = { _ in true },
    asking question: ([UInt8]) -> RedisCommand, answer: ([UInt8], Reply) -> Void
  ) throws(ChannelsError) {
    var cursor: RedisCommand.Argument? = "0"
    var found: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    var faults = Faults()
    while cursor != nil || !found.isEmpty {
      var commands = found.map(question)
      if let cursor {
        commands.append(
          RedisCommand("SCAN", cursor, "MATCH", .text(pattern), "COUNT", "\(Self.step)"))
      }
      var page = Reply.array([])
      try pipeline(commands, deadline) { [found] place, reply in
        guard place < found.count else {
          page = reply
          return
        }
        faults.note(reply)
        answer(found[place], reply)
      }
      if let error = faults.first { throw .refused(address, error) }
      let step = try array(page)
      cursor = step.first?.bytes.flatMap { $0 == [UInt8(ascii: "0")] ? nil : .bytes($0) }
      found = (step.last?.array ?? []).compactMap(\.bytes)
        .filter { isWanted($0) && seen.insert($0).inserted }
    }
  }

  /// Calls `visit` with each group whose name matches a glob, and its live members.
  private func eachGroup(
    matching glob: String, now: Double, _ deadline: Deadline,
    visit: ([UInt8], [GroupMember]) -> Void
  ) throws(ChannelsError) {
    let configuration = configuration
    try scan(
      configuration.groupPattern(glob), deadline,
      asking: { Self.membersCommand($0, gone: Int(now) - configuration.memberLife) }
    ) { key, reply in
      guard case .group(let name)? = configuration.meaning(of: key) else { return }
      visit(name, Self.members(reply.array ?? []))
    }
  }

  private func liveMembers(
    of group: [UInt8], now: Double, _ deadline: Deadline
  ) throws(ChannelsError) -> [GroupMember] {
    let command = Self.membersCommand(
      configuration.name(of: .group(group)), gone: Int(now) - configuration.memberLife)
    return Self.members(try array(pipeline([command], deadline)[0]))
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

  private func time(_ deadline: Deadline) throws(ChannelsError) -> Double {
    try time(pipeline([RedisCommand("TIME")], deadline)[0])
  }
}
