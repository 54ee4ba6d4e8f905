import Core

// How a tail keeps its connection, loses it, and leaves.

extension TailSession {
  /// Connects again and goes on, unless the error is none of the connection.
  mutating func reconnect(after error: CommandError) throws(CommandError) {
    guard case .layer(let fault, _) = error, fault.mayPass, !limit.hasPassed,
      command.reconnect != 0
    else { throw error }
    let start = Deadline.monotonic()
    let giveUp = Deadline.min(limit, Deadline(seconds: command.reconnect))
    console.note("lost the connection: \(Failure(error).line); connecting again")
    var pause = 0.0
    while true {
      if Watched.wait(for: watched, seconds: max(0, min(pause, giveUp.remaining))) != nil {
        throw .layer(.interrupted, delivered: [])
      }
      do throws(CommandError) {
        try rejoin(isLast: giveUp)
        console.note(
          "connected again after \(readable(milliseconds(since: start) / 1000)) s; "
            + "messages possibly missed")
        return
      } catch {
        guard case .layer(let fault, _) = error, fault.mayPass, !giveUp.hasPassed else {
          throw error
        }
      }
      pause = min(max(0.1, pause * 2), Self.longestPause)
    }
  }

  private mutating func rejoin(isLast giveUp: Deadline) throws(CommandError) {
    let deadline = Deadline.min(giveUp, Deadline(seconds: Self.patience))
    layer = command.global.open(hosts, console, watched: watched)
    try asking { () throws(ChannelsError) in
      try layer.connect(toQueue: membership.queue, deadline: deadline)
    }
    let dropped = try asking { () throws(ChannelsError) in
      try membership.renew(layer, isAfterBreak: true, deadline: deadline)
    }
    sayDropped(from: dropped)
    renewal = Deadline(seconds: membership.interval)
    lastTake = Deadline.monotonic()
    if search != nil { search = GroupSearch(patterns, known: membership.channels.map(\.group)) }
  }

  /// How the command ends after an error that ended the session.
  func outcome(of error: CommandError) throws(CommandError) -> ExitCode {
    if case .layer(.interrupted, _) = error {
      if let code = Signals.received() { return code }
      // Else the reader of our output is gone, or the time was over while a command ran.
      guard end.hasPassed else { return .done }
    }
    guard hasJoined, case .layer = error, limit.hasPassed else { throw error }
    guard let count = command.count else { return .done }
    if end.hasPassed, let timeout = command.timeout {
      throw .tooFew(received: received, expected: count, .whole(timeout))
    }
    throw .tooFew(received: received, expected: count, .idle(command.idle ?? 0))
  }

  /// Leaves the groups over a connection of its own, since the other may be waiting for a message.
  ///
  /// That this fails is no fault of the command: the lease ends by itself. A second signal ends it.
  func leave() {
    Signals.unwatch()
    let deadline = Deadline(seconds: Self.patienceToLeave)
    do {
      let layer = command.global.open(hosts, console)
      try membership.leave(layer, deadline: deadline)
    } catch {
      guard command.global.verbosity > 0 else { return }
      console.note("could not leave the groups; the lease ends in \(readable(command.lease)) s")
    }
  }
}
