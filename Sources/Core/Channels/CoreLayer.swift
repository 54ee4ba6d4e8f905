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
///
/// A group lives on the host that its name's hash tells, a queue on that of its process's name.
package final class CoreLayer {
  package let configuration: LayerConfiguration
  /// The hosts, in the order that Django has them.
  let shards: [RedisClient]
  let capacities: Capacities
  var prefixes: MessagePrefixes
  /// Which full queues sends have waited for.
  var patience = SendPatience()
  /// Of the last message to each group, where the policy asks for it.
  var receipts: [GroupName: Receipt] = [:]
  /// How many messages a call takes at once to those groups that take few.
  var paces: [GroupName: Int] = [:]
  /// The same for messages to several groups.
  var orderedPace = SendRun.longest
  /// What a take met after it had got something: the next one throws it.
  private var takeFault: ChannelsError?
  private let serializers: SerializerSource

  package init(_ shards: [RedisClient], configuration: LayerConfiguration) {
    self.shards = shards
    self.configuration = configuration
    serializers = SerializerSource(configuration)
    capacities = Capacities(configuration)
    prefixes = MessagePrefixes(length: configuration.randomPrefixLength)
  }

  /// How messages are written and read.
  func serializer() throws(ChannelsError) -> Serializer {
    do { return try serializers.serializer() } catch { throw .encryption(error) }
  }

  /// Connects to where a process's queue is, and makes ready to read what comes there.
  package func connect(toQueue process: String, deadline: Deadline) throws(ChannelsError) {
    _ = try serializer()
    do {
      try shard(ofProcess: Array(process.utf8)).connect(deadline)
    } catch {
      throw ChannelsError(error)
    }
  }

  func shard(of group: GroupName) -> RedisClient { shard(ofGroup: Array(group.text.utf8)) }

  func shard(ofGroup name: [UInt8]) -> RedisClient { shards[index(of: name)] }

  /// - Parameter process: up to and including `!` (`channels_redis/core.py receive_single`).
  func shard(ofProcess process: [UInt8]) -> RedisClient { shards[index(of: process)] }

  func index(of name: [UInt8]) -> Int { ShardRing.index(of: name, shards: shards.count) }

  /// Places of things by the host that each is on.
  func byShard<Thing>(_ things: [Thing], name: (Thing) -> [UInt8]) -> [(RedisClient, [Int])] {
    guard shards.count > 1 else {
      return things.isEmpty ? [] : [(shards[0], Array(things.indices))]
    }
    var places = [[Int]](repeating: [], count: shards.count)
    for place in things.indices { places[index(of: name(things[place]))].append(place) }
    return zip(shards, places).filter { !$1.isEmpty }
  }
}

// MARK: Membership

extension CoreLayer {
  /// Makes channels members of their groups, or renews them (`channels_redis/core.py group_add`).
  ///
  /// - Returns: for each whether it was not a member before.
  package func join(
    _ joinings: [Joining], deadline: Deadline
  ) throws(ChannelsError) -> [Bool] {
    var isNew = [Bool](repeating: false, count: joinings.count)
    for (shard, places) in byShard(joinings, name: { Array($0.group.text.utf8) }) {
      let calls = places.map { place in
        let joining = joinings[place]
        return ScriptCall(
          keys: [.text(configuration.groupKey(joining.group))],
          [.text(joining.channel), "\(joining.offset)", "\(joining.life)"])
      }
      // Scripts that the server did not know come later than the others.
      var replies = [Reply](repeating: .null, count: calls.count)
      try shard.evaluate(.join, calls, deadline) { replies[$0] = $1 }
      for (place, reply) in zip(places, replies) { isNew[place] = try shard.integer(reply) == 1 }
    }
    return isNew
  }

  /// Takes a channel out of each group, and removes its process's queue
  /// (`channels_redis/core.py group_discard`); a host that fails keeps nobody from leaving the others.
  package func leave(
    _ members: [(group: GroupName, channel: String)], queue: String, deadline: Deadline
  ) throws(ChannelsError) {
    let process = Array(queue.utf8)
    let home = shard(ofProcess: process)
    var fault: ChannelsError?
    var steps = byShard(members, name: { Array($0.group.text.utf8) })
    if !steps.contains(where: { $0.0 === home }) { steps.append((home, [])) }
    for (shard, places) in steps {
      var commands = places.map { place in
        RedisCommand(
          "ZREM", .text(configuration.groupKey(members[place].group)), .text(members[place].channel)
        )
      }
      if shard === home {
        commands.append(
          RedisCommand("DEL", .bytes(configuration.name(of: .queue(process: process)))))
      }
      do {
        for reply in try shard.ask(commands, deadline) { _ = try shard.integer(reply) }
      } catch {
        fault = fault ?? error
      }
    }
    if let fault { throw fault }
  }

  /// For each group its newest score, the life left to its key, and its server's time: in seconds.
  package func lives(
    of groups: [GroupName], deadline: Deadline
  ) throws(ChannelsError) -> [GroupLife] {
    var lives = [GroupLife](repeating: GroupLife(newest: nil, left: 0, now: 0), count: groups.count)
    for (shard, places) in byShard(groups, name: { Array($0.text.utf8) }) {
      let commands = places.flatMap { place in
        let key = RedisCommand.Argument.text(configuration.groupKey(groups[place]))
        return [RedisCommand("TTL", key), RedisCommand("ZREVRANGE", key, "0", "0", "WITHSCORES")]
      }
      let replies = try shard.ask(commands + [RedisCommand("TIME")], deadline)
      let now = try shard.time(replies[commands.count])
      for (number, place) in places.enumerated() {
        lives[place] = GroupLife(
          newest: try shard.array(replies[2 * number + 1]).last?.double,
          left: try shard.integer(replies[2 * number]), now: now)
      }
    }
    return lives
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
    if let fault = takeFault {
      takeFault = nil
      throw fault
    }
    let shard = shard(ofProcess: Array(queue.utf8).process)
    let key = RedisCommand.Argument.text(configuration.queueKey(ofChannel: queue))
    let timeout = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    var replies: [Reply] = []
    do {
      // The server holds back what follows a command that waits, so one round trip does for all.
      try shard.ask(
        [
          RedisCommand("BZPOPMIN", key, .text(timeout)), RedisCommand("ZCARD", key),
          RedisCommand("ZPOPMIN", key, "\(limit - 1)"),
        ], deadline
      ) { replies.append($1) }
    } catch {
      // What was taken is out of Redis: hand it over, and let the next call meet the fault.
      guard case .array? = replies.first else { throw error }
      takeFault = error
    }
    guard let first = replies.first, first != .null else { return ([], 0) }
    let rest = replies.count == 3 ? replies[2].array ?? [] : []
    let left = replies.count > 1 ? replies[1].amount ?? 0 : 0
    let popped = Array(try shard.array(first).dropFirst())
    return (try shard.members(popped + rest), left + 1)
  }

  /// A member of a queue as a message.
  package func read(
    _ member: [UInt8], score: Double
  ) throws(ReceivedMessage.Fault) -> ReceivedMessage {
    let serializer: Serializer
    do { serializer = try serializers.serializer() } catch { throw .encrypted(error) }
    return try ReceivedMessage(member, score: score, by: serializer)
  }
}

/// How long a group lasts: its newest score, the seconds left to its key, and its server's time.
package struct GroupLife: Equatable, Sendable {
  package let newest: Double?
  package let left: Int
  package let now: Double
}
