import Core

// How a tail loses its connection, and how it ends.

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
        try source.rejoin(.min(giveUp, Deadline(seconds: Patience.answer)))
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

  /// How the command ends after an error that ended the session.
  func outcome(of error: CommandError) throws(CommandError) -> ExitCode {
    if case .layer(.interrupted, _) = error {
      if let code = Signals.received() { return code }
      // Else the reader of our output is gone, or the time was over while a command ran.
      guard end.hasPassed else { return .done }
    }
    guard hasJoined, case .layer = error, limit.hasPassed else { throw error }
    guard let count = command.count, received < count else { return .done }
    if end.hasPassed, let timeout = command.timeout {
      throw .tooFew(received: received, expected: count, .whole(timeout))
    }
    throw .tooFew(received: received, expected: count, .idle(command.idle ?? 0))
  }

  /// Leaves the groups; a second signal ends that.
  func leave() {
    Signals.unwatch()
    source.leave()
  }

  /// Seconds between attempts to connect, at most.
  private static var longestPause: Double { 5 }
}
