import Core

/// A tail at work: what it takes from its source, what becomes of it, and when it ends.
struct TailSession: ~Copyable {
  let command: TailCommand
  let console: Console
  let source: any MessageSource
  let watched: [Watched]
  /// The end of the whole, and of the wait for a message.
  let end: Deadline
  var idle: Deadline
  var received = 0
  var hasJoined = false
  private let printer: MessagePrinter?
  /// Messages that have come and are not handled yet.
  private var pending: ArraySlice<Arrival> = []

  init(
    _ command: TailCommand, _ groups: [GroupName], _ hosts: [RedisHost], _ console: Console,
    _ end: Deadline
  ) throws(CommandError) {
    self.command = command
    self.console = console
    self.end = end
    printer = command.printer(for: console.output)
    idle = Deadline(seconds: command.idle)
    let watched: [Watched] =
      [.readable(Signals.descriptor)] + (console.output.descriptor.map { [.hangUp($0)] } ?? [])
    self.watched = watched
    let global = command.global
    source =
      switch global.layer.backend {
      case .core:
        CoreSource(command, console, beside: groups.first, watched: watched) {
          global.open(hosts, console, watched: $0)
        }
      case .pubsub:
        PubSubSource(command, console, global.openPubSub(hosts, console, watched: watched))
      }
    try source.connect(.min(end, Deadline(seconds: Patience.answer)))
  }

  /// Bytes of output that are gathered for one write.
  private static let writeSize = 1 << 16

  var limit: Deadline { .min(end, idle) }

  mutating func join(
    _ groups: [GroupName], _ patterns: [GroupPattern]
  ) throws(CommandError) {
    try source.join(groups, patterns, end)
    hasJoined = true
  }
}

// MARK: Messages

extension TailSession {
  /// Handles messages until the count is reached; the end of the time, a signal or the end of our
  /// reader is thrown.
  mutating func follow() throws(CommandError) {
    while received < command.count ?? .max {
      do throws(CommandError) {
        try source.renewIfDue(limit)
        if pending.isEmpty {
          pending = try source.take((command.count ?? .max) - received, limit)[...]
        }
        try handlePending()
      } catch {
        try reconnect(after: error)
      }
    }
  }

  private mutating func handlePending() throws(CommandError) {
    var output: [UInt8] = []
    /// Messages in it.
    var shown = 0
    while received + shown < command.count ?? .max, let arrival = pending.popFirst() {
      let html = command.global.envelope.html(in: arrival.message.fields)
      guard command.filter.accepts(html) else { continue }
      printer?.append(arrival, for: console.output, to: &output)
      shown += 1
      if console.output.isTerminal || command.execute != nil || output.count > Self.writeSize {
        try write(&output, &shown)
      }
      guard let script = command.execute else { continue }
      try run(script, for: arrival)
      try source.renewIfDue(limit)
    }
    try write(&output, &shown)
  }

  /// - Parameter shown: the messages in it, none of them once they are written.
  private mutating func write(
    _ output: inout [UInt8], _ shown: inout Int
  ) throws(CommandError) {
    guard shown > 0 else { return }
    do {
      try console.output.write(output, end)
    } catch {
      let isEnd = error.isInterruption || error == .timedOut
      throw isEnd ? .layer(.interrupted, delivered: []) : .output(error)
    }
    output.removeAll(keepingCapacity: true)
    received += shown
    shown = 0
    idle = Deadline(seconds: command.idle)
  }
}

// MARK: Commands

extension TailSession {
  /// Runs a command for a message and waits for it, keeping the membership alive; no time is idle that it
  /// takes.
  private mutating func run(_ script: String, for arrival: Arrival) throws(CommandError) {
    let fields = arrival.message.fields
    let html = command.global.envelope.html(in: fields) ?? Value.object(fields).json
    let child: ChildProcess
    do {
      child = try ChildProcess(
        script, input: Array(html.utf8), variable: ("TURBOCTL_GROUP", arrival.group ?? ""))
    } catch {
      return console.note("warning: --exec could not start: \(error.text)")
    }
    idle = Deadline(seconds: nil)
    defer { idle = Deadline(seconds: command.idle) }
    do {
      let status = try wait(for: child)
      if status != 0 { console.note("warning: --exec ended with \(status)") }
    } catch {
      child.terminate()
      if end.hasPassed { console.note("warning: --exec was ended, as the time is over") }
      throw error
    }
  }

  private mutating func wait(for child: ChildProcess) throws(CommandError) -> Int32 {
    while true {
      Signals.forgetChildren()
      if let status = child.status() { return status }
      let ready = Watched.wait(
        for: [.readable(Signals.children), .readable(Signals.descriptor)],
        seconds: max(0, min(source.dueIn, end.remaining)))
      if ready == 1 || end.hasPassed { throw .layer(.interrupted, delivered: []) }
      do {
        try source.renewIfDue(end)
      } catch {
        try reconnect(after: error)
      }
    }
  }
}
