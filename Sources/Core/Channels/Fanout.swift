/// A group as it was read, by the queues that a message to it goes to.
struct Fanout {
  /// A process's queue.
  struct Queue {
    let process: [UInt8]
    var channels: [[UInt8]]
    let capacity: Int
    /// The place of its host.
    let shard: Int
  }

  let group: GroupName
  /// In the order in which the group names them.
  private(set) var queues: [Queue] = []
  private(set) var channels = 0
  /// The time of the group's server, in seconds since 1970.
  let now: Double
  /// Members of which the time has passed, for the next sender to sweep.
  private(set) var hasStale = false

  init(
    _ group: GroupName, _ members: [(bytes: [UInt8], score: Double)], now: Double, gone: Double,
    capacities: Capacities, shard: ([UInt8]) -> Int
  ) {
    self.group = group
    self.now = now
    var places: [[UInt8]: Int] = [:]
    for member in members {
      guard member.score > gone else {
        hasStale = true
        continue
      }
      channels += 1
      let process = member.bytes.process
      if let place = places[process] {
        queues[place].channels.append(member.bytes)
      } else {
        places[process] = queues.count
        queues.append(
          Queue(
            process: process, channels: [member.bytes], capacity: capacities[member.bytes],
            shard: shard(process)))
      }
    }
  }
}

/// What became of the queues of a fan-out.
struct Tally {
  private(set) var overCapacity = 0
  private(set) var written = 0
  private(set) var failed: [[UInt8]] = []
  /// What each queue that answered did.
  private(set) var receipt = Receipt()
  /// The first fault of a queue that failed; one that leaves the rest uncertain comes before all.
  private(set) var fault: ChannelsError?
  /// The first error of what follows a write, by which nobody misses a message.
  private(set) var warning: ServerError?

  /// Notes what the script of a chunk returned.
  mutating func add(_ reply: Reply, of queues: ArraySlice<Fanout.Queue>, from address: RedisAddress)
  {
    guard let fields = reply.array, fields.count == 6, let full = fields[0].integer,
      let stored = fields[1].integer, let error = fields[2].text, let places = fields[3].array,
      let skipped = fields[4].array, let score = fields[5].text
    else {
      if case .error(let error) = reply { return fail(queues, .refused(address, error)) }
      return fail(queues, .unexpectedReply(address))
    }
    overCapacity += full
    written += stored
    let lost = places.compactMap(\.integer).map { queues.startIndex + $0 - 1 }
      .filter(queues.indices.contains)
    let missed = Set(lost + skipped.compactMap(\.integer).map { queues.startIndex + $0 - 1 })
    for place in queues.indices {
      receipt.add(queues[place].process, score: missed.contains(place) ? nil : score)
    }
    if !lost.isEmpty {
      fail(lost.map { queues[$0] }[...], .refused(address, ServerError(error)))
    } else if !error.isEmpty {
      warn(ServerError(error))
    }
  }

  mutating func fail(_ queues: ArraySlice<Fanout.Queue>, _ fault: ChannelsError) {
    failed += queues.map(\.process)
    if self.fault == nil || fault.isUncertain && self.fault?.isUncertain != true {
      self.fault = fault
    }
  }

  /// Whether nothing is known of any queue.
  var isEmpty: Bool { overCapacity + written + failed.count == 0 }

  mutating func warn(_ error: ServerError) { warning = warning ?? error }

  func audience(of fanout: Fanout) -> Audience {
    Audience(
      channels: fanout.channels, processes: fanout.queues.count, overCapacity: overCapacity)
  }

  func outcome(of fanout: Fanout) -> Delivery.Outcome {
    let audience = audience(of: fanout)
    guard let fault else { return .delivered(audience, fault: warning) }
    guard written > 0 else { return .failed(fault) }
    let names = failed.map { String(decoding: $0, as: UTF8.self) }
    return .partial(audience, written: written, failed: names, fault: fault)
  }
}

/// Hosts that failed in the course of a send: nothing more is sent to them, so that no message overtakes
/// another, and nobody waits for a connection again and again.
struct HostFaults {
  private var faults: [ChannelsError?]

  init(_ count: Int) { faults = Array(repeating: nil, count: count) }

  subscript(shard: Int) -> ChannelsError? {
    get { faults[shard] }
    set { faults[shard] = newValue?.withNothingSent }
  }
}
