/// Which queues took a message, and under which score.
struct Receipt {
  private(set) var queues: [(process: [UInt8], score: String)] = []
  /// Processes whose queue was full or failed.
  private(set) var missed: [[UInt8]] = []

  init() {}

  init(_ sent: SendReply) {
    for process in sent.written { add(Array(process.utf8), score: sent.score) }
    // Of one message, those without room; those given up are among them.
    for queue in sent.full where queue.room == 0 { add(Array(queue.process.utf8), score: nil) }
    for process in sent.failed { add(Array(process.utf8), score: nil) }
  }

  /// - Parameter score: nil where the queue did not take it.
  mutating func add(_ process: [UInt8], score: String?) {
    if let score {
      queues.append((process, score))
    } else {
      missed.append(process)
    }
  }
}

/// Who has taken a group's message off their queues.
package struct Acknowledgement: Equatable, Sendable {
  /// Processes that have.
  package var processes = 0
  /// When the last of them was seen to, on the monotonic clock; nil where there are none.
  package var time: Double?
  /// Processes that have not.
  package var missing: [String] = []
  /// Processes that never got it: their queues had no room.
  package var dropped: [String] = []
}

/// What was seen of the groups' messages, and what kept us from seeing more.
package struct Confirmation {
  package var groups: [GroupName: Acknowledgement]
  package var fault: ChannelsError?
}

extension CoreLayer {
  /// Watches the queues that took the last message to each group (`SendPolicy.namesQueues`) until none holds
  /// it any more, or the patience is over.
  package func confirm(patience: Deadline, deadline: Deadline) -> Confirmation {
    var seen = Confirmation(
      groups: receipts.mapValues { receipt in
        Acknowledgement(dropped: receipt.missed.map { String(decoding: $0, as: UTF8.self) })
      })
    var open = receipts.flatMap { group, receipt in
      receipt.queues.map { (group: group, process: $0.process, score: $0.score) }
    }
    var pause = 0.001
    do throws(ChannelsError) {
      while true {
        let isHeld = try areHeld(open.map { ($0.process, $0.score) }, deadline)
        let now = Deadline.monotonic()
        for (queue, isHeld) in zip(open, isHeld) where !isHeld {
          seen.groups[queue.group]?.processes += 1
          seen.groups[queue.group]?.time = now
        }
        open = zip(open, isHeld).filter(\.1).map(\.0)
        let rest = min(patience.remaining, deadline.remaining)
        if open.isEmpty || rest <= 0 { break }
        try shards[0].wait(min(pause, rest))
        if deadline.hasPassed { break }
        pause = min(pause * 1.5, 0.05)
      }
    } catch {
      seen.fault = error.withNothingSent
    }
    for queue in open {
      seen.groups[queue.group]?.missing.append(String(decoding: queue.process, as: UTF8.self))
    }
    return seen
  }

  /// Whether each queue holds a message with that score.
  private func areHeld(
    _ queues: [(process: [UInt8], score: String)], _ deadline: Deadline
  ) throws(ChannelsError) -> [Bool] {
    var isHeld = [Bool](repeating: true, count: queues.count)
    for (shard, places) in byShard(queues, name: \.process) {
      let commands = places.map { place in
        let score = RedisCommand.Argument.text(queues[place].score)
        let key = configuration.name(of: .queue(process: queues[place].process))
        return RedisCommand("ZCOUNT", .bytes(key), score, score)
      }
      for (place, reply) in zip(places, try shard.ask(commands, deadline)) {
        isHeld[place] = try shard.integer(reply) > 0
      }
    }
    return isHeld
  }
}
