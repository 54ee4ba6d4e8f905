import Core

/// One bench: messages in windows that every queue has room for, and after each window a look at whether
/// what was counted is so.
struct BenchRun {
  private let plan: BenchPlan
  private let layer: any ChannelLayer
  private let audience: any PrivateAudience
  /// The HTML of each message, up to its number.
  private let html: String
  private let end: Deadline
  private let progress: Progress?
  /// Messages that may wait at once.
  private let windowSize: Int
  private var number = 0
  private(set) var results: [Measurement] = []

  /// Bytes that may wait in the server for all processes together, about.
  private static let windowBytes = 4 << 20
  private static let largestWindow = 1000
  /// Seconds after which a window of single messages ends: the lease is kept, and little is lost where a
  /// signal comes amid one.
  private static let windowSeconds = 0.1
  /// Seconds that a step may take: for an answer that never comes.
  private static let patience = 30.0

  init(
    _ plan: BenchPlan, _ layer: any ChannelLayer, _ audience: any PrivateAudience, html: String,
    end: Deadline, _ progress: Progress?
  ) {
    self.plan = plan
    self.layer = layer
    self.audience = audience
    self.html = html
    self.end = end
    self.progress = progress
    let stored = BenchPlan.numbered(html, 0).utf8.count * plan.processes + audience.overhead
    windowSize = max(1, min(audience.room, Self.largestWindow, Self.windowBytes / stored))
  }

  private var step: Deadline { .min(end, Deadline(seconds: Self.patience)) }

  /// Bytes of HTML in each message.
  var size: Int { BenchPlan.numbered(html, 0).utf8.count }

  var report: BenchReport {
    BenchReport(
      bench: plan.bench, backend: plan.global.layer.backend, members: plan.members,
      processes: plan.processes, size: size, results: results.filter { $0.messages > 0 })
  }

  mutating func run() throws(CommandError) {
    try asking { () throws(ChannelsError) in try audience.join(deadline: step) }
    let ways = plan.bench.ways(plan.global.layer.backend)
    // Connections and scripts cost the first message more than any other.
    for way in ways { _ = try window(way, 1, until: step) }
    for way in ways {
      results.append(Measurement(way: way))
      let share = Deadline(seconds: plan.duration.map { $0 / Double(ways.count) })
      repeat {
        let left = plan.messages - results[results.count - 1].messages
        let measured = try window(way, min(left, windowSize), until: share)
        results[results.count - 1] += measured
        progress?.show(results.reduce(0) { $0 + $1.messages }, part: nil)
      } while results[results.count - 1].messages < plan.messages && !share.hasPassed
    }
  }

  /// Measures a window, and verifies it.
  private mutating func window(
    _ way: Bench.Way, _ count: Int, until share: Deadline
  ) throws(CommandError) -> Measurement {
    let messages = try makeMessages(count)
    let limit = Deadline.min(share, Deadline(seconds: Self.windowSeconds))
    var measured = Measurement(way: way)
    let isSound = try asking { () throws(ChannelsError) in
      try audience.renewIfDue(deadline: step)
      if plan.bench == .tail, try !send(messages) { return false }
      let before = try usage()
      guard try measure(messages, until: limit, &measured) else { return false }
      measured.work = try usage().since(before)
      return try verify(messages, measured.messages)
    }
    guard isSound else { throw .echo(layer.addresses[0]) }
    return measured
  }

  private mutating func makeMessages(_ count: Int) throws(CommandError) -> [GroupMessage] {
    do {
      var messages: [GroupMessage] = []
      for _ in 0..<count {
        let text = BenchPlan.numbered(html, number)
        messages.append(
          try GroupMessage(
            plan.global.envelope.message(html: text, group: audience.group), to: audience.group,
            as: plan.global.layer.serializer))
        number += 1
      }
      return messages
    } catch {
      throw .message(error)
    }
  }

  private func usage() throws(ChannelsError) -> ServerUsage {
    try ServerUsage(of: layer, sent: { audience.sent }, deadline: step)
  }
}

// MARK: Measuring

extension BenchRun {
  /// Times the messages, or as many as there is time for; at least one.
  ///
  /// - Returns: whether each came to whom it should.
  private func measure(
    _ messages: [GroupMessage], until limit: Deadline, _ measured: inout Measurement
  ) throws(ChannelsError) -> Bool {
    guard measured.way == .single else { return try measureBulk(messages, &measured) }
    for message in messages {
      let start: Double
      switch plan.bench {
      case .send:
        start = Deadline.monotonic()
        guard try send([message]) else { return false }
        measured.add(since: start)
      case .tail, .roundtrip:
        // A message that waits already is taken at once.
        start = Deadline.monotonic()
        try audience.listen(deadline: step)
        let listening = Deadline.monotonic()
        if plan.bench == .roundtrip, try !send([message]) { return false }
        let received = try audience.hear(deadline: step)
        measured.add(since: plan.bench == .tail ? start : listening)
        guard received.count == plan.processes, received.allSatisfy({ [message].match([$0]) })
        else { return false }
      }
      if limit.hasPassed { break }
    }
    return true
  }

  private func measureBulk(
    _ messages: [GroupMessage], _ measured: inout Measurement
  ) throws(ChannelsError) -> Bool {
    let start = Deadline.monotonic()
    var received: [Object] = []
    if plan.bench == .send {
      guard try send(messages) else { return false }
    } else {
      while received.count < messages.count {
        let next = try audience.take(limit: messages.count - received.count, deadline: step)
        if next.isEmpty { return false }
        received += next
      }
    }
    measured.messages = messages.count
    measured.seconds = Deadline.monotonic() - start
    return plan.bench == .send || messages.match(received)
  }

  /// - Returns: whether each reached the whole audience.
  private func send(_ messages: [GroupMessage]) throws(ChannelsError) -> Bool {
    var reached = 0
    var fault: ChannelsError?
    try layer.send(messages, policy: SendPolicy(), deadline: step) { _, delivery in
      switch delivery.outcome {
      case .delivered(audience.audience, _): reached += 1
      case .failed(let error), .partial(_, _, _, let error): fault = fault ?? error
      default: break
      }
    }
    if let fault { throw fault }
    return reached == messages.count
  }

  /// Whether just these wait still, of which so many were measured; none of them does afterwards.
  private func verify(
    _ messages: [GroupMessage], _ measured: Int
  ) throws(ChannelsError) -> Bool {
    switch plan.bench {
    case .send: try audience.clear(Array(messages.prefix(measured)), deadline: step)
    case .tail: try audience.clear(Array(messages.dropFirst(measured)), deadline: step)
    case .roundtrip: true
    }
  }
}

extension Measurement {
  fileprivate mutating func add(since start: Double) {
    let elapsed = Deadline.monotonic() - start
    latencies.add(elapsed)
    seconds += elapsed
    messages += 1
  }

  fileprivate static func += (left: inout Measurement, right: Measurement) {
    left.messages += right.messages
    left.seconds += right.seconds
    left.latencies += right.latencies
    left.work += right.work
  }
}
