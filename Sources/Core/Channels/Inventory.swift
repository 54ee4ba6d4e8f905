/// A group with live members, in figures.
package struct GroupSummary: Equatable, Sendable {
  /// As found in Redis, broken UTF-8 repaired.
  package let name: String
  /// Live members of the site.
  package var channels = 0
  /// Processes that those live in.
  package var processes = 0
  /// Live members that are tails of ours.
  package var tails = 0
  /// Messages in the queues of those processes, whichever of their channels they are for; nil where the
  /// host of one is missing.
  package var queued: Int?
  /// When the oldest of those messages was sent, in seconds since 1970.
  package var oldest: Double?
  /// When the first and the last of the site's channels joined, in seconds since 1970.
  package var joined: ClosedRange<Double>?

  package init(
    name: String, channels: Int = 0, processes: Int = 0, tails: Int = 0, queued: Int? = 0,
    oldest: Double? = nil, joined: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.channels = channels
    self.processes = processes
    self.tails = tails
    self.queued = queued
    self.oldest = oldest
    self.joined = joined
  }
}

/// The state of one process's queue.
package struct QueueState: Equatable, Sendable {
  package var queued = 0
  /// When the oldest message was sent, in seconds since 1970.
  package var oldest: Double?
  /// Messages that the process took and has not handed on yet.
  package var inFlight = 0

  package init() {}
}

/// A process of which something waits in Redis.
package struct ProcessQueue: Equatable, Sendable {
  /// The part of its channels' names up to and including `!`.
  package let process: [UInt8]
  package let state: QueueState
}

/// A live member of a group.
package struct GroupMember: Equatable, Sendable {
  package let channel: [UInt8]
  /// The score: when it joined, in seconds since 1970; of a tail, set back to make it a lease.
  package let joined: Double
  /// Of its process; nil where the host is missing.
  package var queue: QueueState?
}

/// A member whose process lets its messages wait for longer than they live.
package struct Ghost: Equatable, Sendable {
  package let group: [UInt8]
  package let channel: [UInt8]
  package let queue: QueueState
}

/// Sums up groups while they are read; the processes of all stand in one table.
struct GroupSums {
  private(set) var summaries: [GroupSummary] = []
  private(set) var processes: [[UInt8]] = []
  private var places: [[UInt8]: Int] = [:]
  /// Of each group, its processes' places.
  private var memberships: [[Int]] = []
  /// Of each process, the last group that counted it.
  private var lastGroup: [Int] = []

  mutating func add(_ name: [UInt8], _ members: [GroupMember]) {
    var summary = GroupSummary(name: String(decoding: name, as: UTF8.self))
    var own: [Int] = []
    for member in members {
      if member.channel.isTail {
        summary.tails += 1
        continue
      }
      summary.channels += 1
      let joined = summary.joined ?? member.joined...member.joined
      summary.joined = min(joined.lowerBound, member.joined)...max(joined.upperBound, member.joined)
      let place = place(of: member.channel.process)
      if lastGroup[place] != summaries.count {
        lastGroup[place] = summaries.count
        own.append(place)
      }
    }
    summary.processes = own.count
    summaries.append(summary)
    memberships.append(own)
  }

  /// Adds to each group what waits in the queues of its processes, in the order of `processes`.
  mutating func add(_ queues: [QueueState?]) {
    for place in summaries.indices {
      let own = memberships[place].map { queues[$0] }
      let known = own.compactMap(\.self)
      summaries[place].queued = known.count < own.count ? nil : known.reduce(0) { $0 + $1.queued }
      summaries[place].oldest = known.compactMap(\.oldest).min()
    }
  }

  private mutating func place(of process: [UInt8]) -> Int {
    if let place = places[process] { return place }
    places[process] = processes.count
    processes.append(process)
    lastGroup.append(-1)
    return processes.count - 1
  }
}
