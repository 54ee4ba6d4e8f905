/// An audience of the core layer: members of a group, a queue for each process.
package final class PrivateQueues: PrivateAudience {
  private let layer: CoreLayer
  /// Over connections of its own, which nothing interrupts.
  private let exit: CoreLayer
  package let group: GroupName
  private let processes: [String]
  private let channels: [String]
  private var renewal = Deadline(seconds: nil)
  /// Each process's own connection, made when it first listens.
  private lazy var consumers = processes.map {
    layer.shard(ofProcess: Array($0.utf8)).another()
  }
  private var isListening = false

  /// Seconds that a group and its queues outlive us.
  package static let lease = 15

  /// - Parameters:
  ///   - layer: of an `expiry` no longer than the lease, since it is the life of a queue.
  ///   - exit: the same layer over other connections, by which we leave.
  package init(
    _ layer: CoreLayer, leavingBy exit: CoreLayer, group: GroupName, members: Int, processes: Int
  ) {
    self.layer = layer
    self.exit = exit
    self.group = group
    self.processes = PrivateNames.processes(processes)
    channels = PrivateNames.channels(members, in: self.processes)
  }

  package var audience: Audience {
    Audience(channels: channels.count, processes: processes.count, overCapacity: 0)
  }

  /// Each queue gets the list of its channels.
  package var overhead: Int { channels.reduce(0) { $0 + $1.utf8.count + 2 } }

  package var room: Int {
    channels.map { layer.capacities[Array($0.utf8)] }.min() ?? layer.configuration.capacity
  }

  package var sent: Int {
    (layer.shards + (isListening ? consumers : [])).reduce(0) { $0 + $1.sent }
  }

  package func join(deadline: Deadline) throws(ChannelsError) {
    let offset = Double(Self.lease - layer.configuration.memberLife)
    let joinings = channels.map { Joining(group, channel: $0, offset: offset, life: Self.lease) }
    _ = try layer.join(joinings, deadline: deadline)
    renewal = Deadline(seconds: Double(Self.lease) / 3)
  }

  package func renewIfDue(deadline: Deadline) throws(ChannelsError) {
    if renewal.hasPassed { try join(deadline: deadline) }
  }

  /// Counts the queue of every process, and reads that of the first.
  package func clear(
    _ messages: [GroupMessage], deadline: Deadline
  ) throws(ChannelsError) -> Bool {
    let first = try layer.peek(
      Array(processes[0].utf8), from: 0, limit: messages.count + 1, deadline: deadline)
    var isComplete = messages.match(first.compactMap(fields))
    for (shard, places) in layer.byShard(processes, name: { Array($0.utf8) }) {
      let commands = places.flatMap { place in
        let key = RedisCommand.Argument.text(
          layer.configuration.queueKey(ofChannel: processes[place]))
        return [RedisCommand("ZCARD", key), RedisCommand("UNLINK", key)]
      }
      let replies = try shard.ask(commands, deadline)
      for number in stride(from: 0, to: replies.count, by: 2) {
        isComplete = try shard.integer(replies[number]) == messages.count && isComplete
        _ = try shard.integer(replies[number + 1])
      }
    }
    return isComplete
  }

  package func take(limit: Int, deadline: Deadline) throws(ChannelsError) -> [Object] {
    try layer.take(from: processes[0], limit: limit, waiting: 1, deadline: deadline)
      .members.compactMap(fields)
  }

  package func listen(deadline: Deadline) throws(ChannelsError) {
    isListening = true
    for (consumer, process) in zip(consumers, processes) {
      let key = RedisCommand.Argument.text(layer.configuration.queueKey(ofChannel: process))
      do {
        try consumer.post([RedisCommand("BZPOPMIN", key, "5")], deadline: deadline)
      } catch {
        throw ChannelsError(error)
      }
    }
  }

  package func hear(deadline: Deadline) throws(ChannelsError) -> [Object] {
    var received: [Object] = []
    for consumer in consumers {
      let reply = try consumer.next(deadline)
      guard reply != .null else { continue }
      let popped = try consumer.members(Array(consumer.array(reply).dropFirst()))
      received += popped.compactMap(fields)
    }
    return received
  }

  package func leave(isAbrupt: Bool, deadline: Deadline) throws(ChannelsError) {
    let keys =
      [LayerKey.group(Array(group.text.utf8))]
      + processes.map { LayerKey.queue(process: Array($0.utf8)) }
    try exit.unlink(keys, deadline: deadline) { _ in }
    guard isAbrupt else { return }
    // What had left before may be carried out only now, and who finds no group writes nothing new.
    try exit.shards[0].wait(0.1)
    try exit.unlink(keys, deadline: deadline) { _ in }
  }

  private func fields(_ member: (bytes: [UInt8], score: Double)) -> Object? {
    try? layer.read(member.bytes, score: member.score).fields
  }
}

extension RedisClient {
  /// The reply to what was posted.
  fileprivate func next(_ deadline: Deadline) throws(ChannelsError) -> Reply {
    while true {
      do {
        if let reply = try receive() { return reply }
      } catch {
        throw ChannelsError(error)
      }
      let socket = descriptor.map { [Watched.readable($0)] } ?? []
      switch Watched.wait(for: watched + socket, seconds: max(0, deadline.remaining)) {
      case watched.count?: continue
      case nil:
        throw .unreachable(.timedOut(address, seconds: deadline.seconds ?? 0, written: true))
      default: throw .interrupted
      }
    }
  }
}
