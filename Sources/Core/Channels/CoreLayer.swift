/// A message on its way to a group, encoded.
package struct GroupMessage: Sendable {
  package let group: GroupName
  package let message: Message
  /// See `Message.head`.
  let head: [UInt8]

  package init(_ message: Message, to group: GroupName) throws(Message.Fault) {
    self.group = group
    self.message = message
    head = try message.head()
  }

  /// The same message to another group, encoded once.
  package init(_ other: GroupMessage, to group: GroupName) {
    self.group = group
    message = other.message
    head = other.head
  }
}

/// A channel on its way into a group.
package struct Joining: Sendable {
  package var group: GroupName
  package var channel: String
  /// Seconds added to the time of joining; below zero, the membership ends sooner than others do.
  package var offset = 0.0
  /// Seconds that the group's key must at least live on.
  package var life: Int

  package init(_ group: GroupName, channel: String, offset: Double = 0, life: Int) {
    self.group = group
    self.channel = channel
    self.offset = offset
    self.life = life
  }
}

/// The sorted-set layer: groups and queues as `channels_redis.core.RedisChannelLayer` keeps them.
package final class CoreLayer {
  package let configuration: LayerConfiguration
  /// The hosts, in the order that Django has them.
  let shards: [RedisClient]
  private var prefixes = MessagePrefixes()

  package init(_ shards: [RedisClient], configuration: LayerConfiguration) {
    self.shards = shards
    self.configuration = configuration
  }

  /// Connects to every host now; else each is connected to when it is first needed.
  package func connect(deadline: Deadline) throws(ChannelsError) {
    do {
      for shard in shards { try shard.connect(deadline) }
    } catch {
      throw ChannelsError(error)
    }
  }

  /// Where the first of the hosts is.
  package var address: RedisAddress { shards[0].address }

  /// Sends each message to its group, a script for each, and reports on each as its reply comes.
  ///
  /// Nothing goes twice: only a script that the server did not know, and so did not run, is sent again.
  ///
  /// - Throws: `.uncertain` where groups that were not reported on may have got their message.
  package func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline,
    report: (Delivery) -> Void
  ) throws(ChannelsError) {
    var rest = messages[...]
    while !rest.isEmpty {
      let slice = rest.prefix(atOnce(rest))
      rest = rest.dropFirst(slice.count)
      let calls = slice.map {
        sendCall($0.group, head: prefixes.next() + $0.head, policy, mode: policy.whenFull.rawValue)
      }
      var isUnderstood = true
      try evaluate(.send, calls, deadline) { place, reply in
        let group = slice[slice.startIndex + place].group
        if let delivery = Delivery(group: group, reply: reply, policy: policy) {
          report(delivery)
        } else {
          isUnderstood = false
        }
      }
      guard isUnderstood else { throw .unexpectedReply(address) }
    }
  }

  /// How many messages go out in one write: at least one, and about 8 MB.
  private func atOnce(_ messages: ArraySlice<GroupMessage>) -> Int {
    var bytes = 0
    let end = messages.firstIndex { message in
      bytes += message.head.count
      return bytes > 8 << 20
    }
    return max(1, (end ?? messages.endIndex) - messages.startIndex)
  }

  /// Who a message to each group would reach; writes nothing.
  package func audiences(
    of groups: [GroupName], deadline: Deadline
  ) throws(ChannelsError) -> [Audience] {
    let calls = groups.map { sendCall($0, head: [], SendPolicy(), mode: "check") }
    var replies: [Reply] = []
    try evaluate(.send, calls, deadline) { replies.append($1) }
    var audiences: [Audience] = []
    for reply in replies {
      guard let audience = Audience(try array(reply)) else { throw .unexpectedReply(address) }
      audiences.append(audience)
    }
    return audiences
  }

  /// The keys that a send to a group writes to: the queues of its live members' processes, sorted.
  package func queueKeys(
    of group: GroupName, deadline: Deadline
  ) throws(ChannelsError) -> [String] {
    let now = try time(pipeline([RedisCommand("TIME")], deadline)[0])
    guard let second = Int(exactly: now.rounded(.down)) else { throw .unexpectedReply(address) }
    let gone = second - configuration.memberLife
    let reply = try pipeline(
      [
        RedisCommand(
          "ZRANGEBYSCORE", .text(configuration.groupKey(group)), "(\(gone)", "+inf")
      ], deadline)[0]
    let channels = try array(reply).compactMap(\.text)
    return Set(channels.map { configuration.queueKey(ofChannel: $0) }).sorted()
  }

  /// Makes channels members of their groups, or renews them (`channels_redis/core.py group_add`).
  ///
  /// - Returns: for each whether it was not a member before.
  package func join(
    _ joinings: [Joining], deadline: Deadline
  ) throws(ChannelsError) -> [Bool] {
    let calls = joinings.map {
      ScriptCall(
        key: configuration.groupKey($0.group), [.text($0.channel), "\($0.offset)", "\($0.life)"])
    }
    // Scripts that the server did not know come later than the others.
    var replies = [Reply](repeating: .null, count: calls.count)
    try evaluate(.join, calls, deadline) { replies[$0] = $1 }
    var isNew: [Bool] = []
    for reply in replies { isNew.append(try integer(reply) == 1) }
    return isNew
  }

  /// Takes a channel out of each group, and removes its process's queue
  /// (`channels_redis/core.py group_discard`).
  package func leave(
    _ members: [(group: GroupName, channel: String)], queue: String, deadline: Deadline
  ) throws(ChannelsError) {
    var commands = members.map { group, channel in
      RedisCommand("ZREM", .text(configuration.groupKey(group)), .text(channel))
    }
    commands.append(RedisCommand("DEL", .text(configuration.queueKey(ofChannel: queue))))
    for reply in try pipeline(commands, deadline) { _ = try integer(reply) }
  }

  /// For each group its newest score and the life left to its key, and the server's time: in seconds.
  package func lives(
    of groups: [GroupName], deadline: Deadline
  ) throws(ChannelsError) -> (groups: [(newest: Double?, left: Int)], now: Double) {
    let commands = groups.flatMap { group in
      let key = RedisCommand.Argument.text(configuration.groupKey(group))
      return [RedisCommand("TTL", key), RedisCommand("ZREVRANGE", key, "0", "0", "WITHSCORES")]
    }
    let replies = try pipeline(commands + [RedisCommand("TIME")], deadline)
    var lives: [(newest: Double?, left: Int)] = []
    for place in stride(from: 0, to: commands.count, by: 2) {
      lives.append((try array(replies[place + 1]).last?.double, try integer(replies[place])))
    }
    return (lives, try time(replies[commands.count]))
  }

  /// Takes the oldest messages off a queue; waits for the first, up to `seconds`
  /// (`channels_redis/core.py receive`, without its in-flight copy: a tail that dies is owed nothing).
  ///
  /// - Parameter seconds: Redis 5 knows only whole ones.
  /// - Returns: up to `limit` members as stored, oldest first, none when the time is over; and how
  ///   many had been waiting.
  package func take(
    from queue: String, limit: Int, waiting seconds: Double, deadline: Deadline
  ) throws(ChannelsError) -> (members: [(bytes: [UInt8], score: Double)], waiting: Int) {
    let key = RedisCommand.Argument.text(configuration.queueKey(ofChannel: queue))
    let timeout = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    var replies: [Reply] = []
    do {
      // The server holds back what follows a command that waits, so one round trip does for all.
      try pipeline(
        [
          RedisCommand("BZPOPMIN", key, .text(timeout)), RedisCommand("ZCARD", key),
          RedisCommand("ZPOPMIN", key, "\(limit - 1)"),
        ], deadline
      ) { replies.append($1) }
    } catch {
      // What was taken is out of Redis: hand it over, and let the next call meet the fault.
      guard case .array? = replies.first else { throw error }
    }
    guard let first = replies.first, first != .null else { return ([], 0) }
    let rest = replies.count == 3 ? replies[2].array ?? [] : []
    let left = replies.count > 1 ? replies[1].integer ?? 0 : 0
    return (try members(Array(try array(first).dropFirst()) + rest), left + 1)
  }
}

extension CoreLayer {
  private struct ScriptCall {
    let key: String
    let arguments: [RedisCommand.Argument]

    init(key: String, _ arguments: [RedisCommand.Argument]) {
      self.key = key
      self.arguments = arguments
    }

    func command(_ name: String, _ script: String) -> RedisCommand {
      RedisCommand([.text(name), .text(script), "1", .text(key)] + arguments)
    }
  }

  private func sendCall(
    _ group: GroupName, head: [UInt8], _ policy: SendPolicy, mode: String
  ) -> ScriptCall {
    ScriptCall(
      key: configuration.groupKey(group),
      [
        .text(configuration.prefix), .bytes(head), "\(configuration.expiry)",
        "\(configuration.memberLife)",
        "\(configuration.capacity)", "\(policy.require)", .text(mode),
      ])
  }

  /// Runs a script for each call: by its digest, and those that the server did not know by its text.
  private func evaluate(
    _ script: LayerScript, _ calls: [ScriptCall], _ deadline: Deadline,
    received: (Int, Reply) -> Void
  ) throws(ChannelsError) {
    var unknown: [Int] = []
    do {
      try shards[0].pipeline(
        calls.map { $0.command("EVALSHA", script.digest) }, deadline: deadline
      ) { place, reply in
        if case .error(let error) = reply, error.code == "NOSCRIPT" {
          unknown.append(place)
        } else {
          received(place, reply)
        }
      }
      guard !unknown.isEmpty else { return }
      try shards[0].pipeline(
        unknown.map { calls[$0].command("EVAL", script.text) }, deadline: deadline
      ) { received(unknown[$0], $1) }
    } catch {
      throw ChannelsError(error)
    }
  }

  func pipeline(
    _ commands: [RedisCommand], _ deadline: Deadline
  ) throws(ChannelsError) -> [Reply] {
    var replies: [Reply] = []
    try pipeline(commands, deadline) { replies.append($1) }
    return replies
  }

  /// The same, a reply at a time: for those that together would take much memory.
  func pipeline(
    _ commands: [RedisCommand], _ deadline: Deadline, received: (Int, Reply) -> Void
  ) throws(ChannelsError) {
    do {
      try shards[0].pipeline(commands, deadline: deadline, received: received)
    } catch {
      throw ChannelsError(error)
    }
  }

  func members(_ pairs: [Reply]) throws(ChannelsError) -> [(bytes: [UInt8], score: Double)] {
    var members: [(bytes: [UInt8], score: Double)] = []
    for place in stride(from: 0, to: pairs.count - 1, by: 2) {
      guard let bytes = pairs[place].bytes, let score = pairs[place + 1].double
      else { throw .unexpectedReply(address) }
      members.append((bytes, score))
    }
    return members
  }

  func integer(_ reply: Reply) throws(ChannelsError) -> Int {
    if case .error(let error) = reply { throw .refused(address, error) }
    guard let number = reply.integer else { throw .unexpectedReply(address) }
    return number
  }

  func array(_ reply: Reply) throws(ChannelsError) -> [Reply] {
    if case .error(let error) = reply { throw .refused(address, error) }
    guard let replies = reply.array else { throw .unexpectedReply(address) }
    return replies
  }

  /// The reply to TIME, in seconds since 1970.
  func time(_ reply: Reply) throws(ChannelsError) -> Double {
    let parts = try array(reply).compactMap(\.double)
    guard parts.count == 2 else { throw .unexpectedReply(address) }
    return parts[0] + parts[1] / 1e6
  }
}
