import Core

/// A tail at work: its connection, its groups, its clocks.
struct TailSession: ~Copyable {
  let command: TailCommand
  let hosts: [RedisHost]
  let console: Console
  let printer: MessagePrinter?
  let watched: [Watched]
  /// The end of the whole, and of the wait for a message.
  let end: Deadline
  var idle: Deadline
  var layer: CoreLayer
  var membership: Membership
  var patterns: [GroupPattern] = []
  var search: GroupSearch?
  var renewal = Deadline(seconds: nil)
  /// Messages off the queue that are not handled yet.
  var pending: ArraySlice<(bytes: [UInt8], score: Double)> = []
  var lastTake = Deadline.monotonic()
  var batch = 100
  var wasFull = false
  /// The longest wait for a message.
  var wait = Self.longestWait
  var received = 0
  /// Messages that no key of ours opens, and when to say so again.
  var undecipherable = 0
  var nextCipherNote = Deadline(seconds: 0)
  var hasJoined = false

  init(
    _ command: TailCommand, _ hosts: [RedisHost], _ console: Console, _ end: Deadline
  ) throws(CommandError) {
    self.command = command
    self.hosts = hosts
    self.console = console
    self.end = end
    printer = command.printer(for: console.output)
    idle = Deadline(seconds: command.idle)
    membership = Membership(lease: command.lease)
    watched =
      [.readable(Signals.descriptor)] + (console.output.descriptor.map { [.hangUp($0)] } ?? [])
    layer = command.global.open(hosts, console, watched: watched)
    let (layer, queue, deadline) = (
      layer, membership.queue, Deadline.min(end, Deadline(seconds: Self.patience))
    )
    try asking { () throws(ChannelsError) in
      try layer.connect(toQueue: queue, deadline: deadline)
    }
  }

  /// Seconds that the server may take for an answer that should come at once.
  static let patience = 5.0
  static let patienceToLeave = 2.0
  private static let longestWait = 5.0
  /// Bytes of messages that are taken off the queue at once, and messages at most.
  private static let budget = 4 << 20
  private static let largestBatch = 1000
  /// Bytes of output that are gathered for one write.
  private static let writeSize = 1 << 16
  /// Seconds between attempts to connect, at most.
  static let longestPause = 5.0

  var limit: Deadline { .min(end, idle) }

  /// By when a step that waits for `seconds` has to be done.
  private func step(waiting seconds: Double = 0) -> Deadline {
    .min(limit, Deadline(seconds: seconds + Self.patience))
  }
}

// MARK: Groups

extension TailSession {
  mutating func join(
    _ groups: [GroupName], _ patterns: [GroupPattern]
  ) throws(CommandError) {
    try join(groups)
    self.patterns = patterns
    guard !patterns.isEmpty else { return }
    // Redis 5 waits for whole seconds only.
    let version = (try? layer.servers[0].info(deadline: step()))?.majorVersion ?? 0
    wait = version < 6 ? 1 : GroupSearch.interval
    var search = GroupSearch(patterns, known: groups)
    let found = try asking { () throws(ChannelsError) in
      try search.all(in: layer, deadline: .min(end, Deadline(seconds: 60)))
    }
    self.search = search
    try join(found)
  }

  private mutating func join(_ groups: [GroupName]) throws(CommandError) {
    let known = membership.channels.count
    try asking { () throws(ChannelsError) in
      try membership.join(groups, layer, deadline: step())
    }
    if known == 0 { renewal = Deadline(seconds: membership.interval) }
    hasJoined = true
    guard command.global.verbosity > 0 else { return }
    for (group, channel) in membership.channels[known...] {
      console.note("joined \(group.text) as \(channel)")
    }
  }

  private mutating func renewIfDue() throws(CommandError) {
    guard renewal.hasPassed else { return }
    let dropped = try asking { () throws(ChannelsError) in
      try membership.renew(layer, deadline: step())
    }
    sayDropped(from: dropped)
    renewal = Deadline(seconds: membership.interval)
  }

  func sayDropped(from groups: [GroupName]) {
    for group in groups {
      console.note(
        "\(group.text): messages possibly missed: dropped from the group, and joined again")
    }
  }
}

// MARK: Messages

extension TailSession {
  /// Handles messages until the count is reached; the end of the time, a signal or the end of our
  /// reader is thrown.
  mutating func follow() throws(CommandError) {
    while received < command.count ?? .max {
      do throws(CommandError) {
        try renewIfDue()
        try joinNewGroups()
        if pending.isEmpty { try take() }
        try handlePending()
      } catch {
        try reconnect(after: error)
      }
    }
  }

  private mutating func joinNewGroups() throws(CommandError) {
    guard var search else { return }
    let found = try asking { () throws(ChannelsError) in
      try search.next(in: layer, deadline: step())
    }
    self.search = search
    if !found.isEmpty { try join(found) }
  }

  private mutating func take() throws(CommandError) {
    let seconds = min(wait, max(1, renewal.remaining.rounded(.up)))
    let most = min(batch, (command.count ?? .max) - received)
    let taken = try asking { () throws(ChannelsError) in
      try layer.take(
        from: membership.queue, limit: most, waiting: seconds,
        deadline: step(waiting: seconds))
    }
    sayMissed(waiting: taken.waiting)
    pending = taken.members[...]
    guard !pending.isEmpty else { return }
    let bytes = pending.reduce(0) { $0 + $1.bytes.count }
    batch = max(1, min(Self.largestBatch, Self.budget * pending.count / max(1, bytes)))
  }

  /// Peers drop what a full queue has no room for, and what waited too long, and tell nobody.
  private mutating func sayMissed(waiting: Int) {
    let configuration = command.global.layer
    let isFull = waiting >= configuration.capacity
    if isFull, !wasFull {
      console.note(
        "messages possibly missed: \(waiting) were waiting, the capacity is \(configuration.capacity)"
      )
    }
    wasFull = isFull
    let away = Deadline.monotonic() - lastTake - wait
    if away > Double(configuration.expiry) {
      console.note(
        "messages possibly missed: stopped for \(Int(away)) s, and they wait \(configuration.expiry) s"
      )
    }
    lastTake = Deadline.monotonic()
  }

  private mutating func handlePending() throws(CommandError) {
    var output: [UInt8] = []
    var shown = 0
    while let member = pending.popFirst() {
      guard let message = read(member),
        command.filter.accepts(command.global.envelope.html(in: message.fields))
      else { continue }
      printer?.append(message, membership, for: console.output, to: &output)
      if console.output.isTerminal || command.execute != nil || output.count > Self.writeSize {
        try write(&output)
      }
      shown += 1
      received += 1
      guard let script = command.execute else { continue }
      try run(script, for: message)
      try renewIfDue()
    }
    try write(&output)
    if shown > 0 { idle = Deadline(seconds: command.idle) }
  }

  /// A message off the queue; bytes that are none are said and passed over.
  private mutating func read(_ member: (bytes: [UInt8], score: Double)) -> ReceivedMessage? {
    do {
      return try layer.read(member.bytes, score: member.score)
    } catch .encrypted {
      undecipherable += 1
      guard nextCipherNote.hasPassed else { return nil }
      console.note(
        "warning: passed over \(counted(undecipherable, "message", "messages")) that our "
          + "symmetric_encryption_keys do not open, or not in time")
      undecipherable = 0
      nextCipherNote = Deadline(seconds: 60)
      return nil
    } catch {
      console.note(
        "warning: passed over \(member.bytes.count) bytes that are no message of this layer")
      return nil
    }
  }

  private func write(_ output: inout [UInt8]) throws(CommandError) {
    guard !output.isEmpty else { return }
    do {
      try console.output.write(output)
    } catch {
      throw error.isInterruption ? .layer(.interrupted, delivered: []) : .output(error)
    }
    output.removeAll(keepingCapacity: true)
  }
}

// MARK: Commands

extension TailSession {
  /// Runs a command for a message and waits for it, keeping the membership alive.
  private mutating func run(_ script: String, for message: ReceivedMessage) throws(CommandError) {
    let group = message.channels.lazy.compactMap(membership.group).first?.text ?? ""
    let html = command.global.envelope.html(in: message.fields) ?? Value.object(message.fields).json
    let child: ChildProcess
    do {
      child = try ChildProcess(
        script, input: Array(html.utf8), variable: ("TURBOCTL_GROUP", group))
    } catch {
      return console.note("warning: --exec could not start: \(error.text)")
    }
    while true {
      Signals.forgetChildren()
      if let status = child.status() {
        if status != 0 { console.note("warning: --exec ended with \(status)") }
        return
      }
      let ready = Watched.wait(
        for: [.readable(Signals.children), .readable(Signals.descriptor)],
        seconds: max(0, min(renewal.remaining, end.remaining)))
      if ready == 1 || end.hasPassed {
        child.terminate()
        throw .layer(.interrupted, delivered: [])
      }
      try renewIfDue()
    }
  }
}
