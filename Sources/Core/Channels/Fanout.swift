/// A group as it was read, by the queues that a message to it goes to.
struct Fanout {
  /// A process's queue.
  struct Queue {
    let process: [UInt8]
    var channels: [[UInt8]]
    var capacity: Int
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

extension Fanout {
  /// The same, for those of whose queues all have room, as was seen: what has filled since is let over the
  /// brim a little, as `channels_redis/core.py send` does.
  func lifted(where isHolder: (String) -> Bool) -> Fanout {
    var lifted = self
    for place in queues.indices
    where isHolder(String(decoding: queues[place].process, as: UTF8.self)) {
      lifted.queues[place].capacity = .max
    }
    return lifted
  }
}

/// What became of the queues of a fan-out.
struct Tally {
  /// Queues without room for all messages.
  private(set) var full: [SendReply.FullQueue] = []
  private(set) var failed: [[UInt8]] = []
  /// Whether the message's marker was there: nothing was written.
  private(set) var isDuplicate = false
  /// Whether nothing is known of any queue.
  private(set) var isEmpty = true
  /// What each queue that answered did with the first of the messages.
  private(set) var receipt = Receipt()
  /// The first fault of a queue that failed; one that leaves the rest uncertain comes before all.
  private(set) var fault: ChannelsError?
  /// The first error of what follows a write, by which nobody misses a message.
  private(set) var warning: ServerError?

  static let duplicate = {
    var tally = Tally()
    tally.isDuplicate = true
    return tally
  }()

  /// Notes what the script of a chunk returned.
  mutating func add(_ reply: Reply, of queues: ArraySlice<Fanout.Queue>, from address: RedisAddress)
  {
    if reply == OnceMarker.wasThere { return isDuplicate = true }
    guard let fields = reply.array, fields.count == 4, let full = fields[0].array,
      let error = fields[1].text, let places = fields[2].array, full.count % 3 == 0,
      let score = fields[3].text
    else {
      if case .error(let error) = reply { return fail(queues, .refused(address, error)) }
      return fail(queues, .unexpectedReply(address))
    }
    func named(_ places: [Reply]) -> [Int] {
      places.compactMap(\.amount).map { queues.startIndex + $0 - 1 }.filter(
        queues.indices.contains)
    }
    for start in stride(from: 0, to: full.count, by: 3) {
      guard let place = named([full[start]]).first else { continue }
      self.full.append(
        SendReply.FullQueue(
          process: String(decoding: queues[place].process, as: UTF8.self),
          room: full[start + 1].integer ?? 0, oldest: full[start + 2].bytes ?? []))
    }
    let lost = named(places)
    isEmpty = false
    let missed = Set(
      lost
        + full.indices.filter { $0 % 3 == 1 && full[$0].integer == 0 }
        .flatMap { named([full[$0 - 1]]) })
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
    isEmpty = isEmpty && queues.isEmpty
    failed += queues.map(\.process)
    if self.fault == nil || fault.isUncertain && self.fault?.isUncertain != true {
      self.fault = fault
    }
  }

  /// Whether a queue holds a message, as far as we know.
  func mayHaveWritten(to fanout: Fanout) -> Bool {
    fault?.isUncertain == true
      || fanout.queues.count > failed.count + full.count { $0.room == 0 }
  }

  mutating func warn(_ error: ServerError) { warning = warning ?? error }

  /// Whom the message at a place among those sent reaches.
  func audience(of fanout: Fanout, at place: Int = 0) -> Audience {
    Audience(
      channels: fanout.channels, processes: fanout.queues.count,
      overCapacity: full.count { $0.room <= place })
  }

  func outcome(of fanout: Fanout, at place: Int) -> Delivery.Outcome {
    let audience = audience(of: fanout, at: place)
    guard let fault else { return .delivered(audience, fault: warning) }
    let written = audience.processes - failed.count - audience.overCapacity
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
