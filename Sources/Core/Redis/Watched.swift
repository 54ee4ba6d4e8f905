import Glibc

/// What may end a wait for the server.
package enum Watched: Sendable {
  /// Something to read: a signal's pipe.
  case readable(Int32)
  /// The other end is gone: our own output. `poll(2)` shows that unasked.
  case hangUp(Int32)
  /// A socket that connects.
  case writable(Int32)

  /// Waits for one of these, up to so many seconds.
  ///
  /// - Returns: the place of the first that is ready; nil when the time is over.
  package static func wait(for watched: [Watched], seconds: Double) -> Int? {
    let deadline = Deadline(seconds: seconds)
    var polled = watched.map(\.pollfd)
    repeat {
      let milliseconds = Int32(max(0, min(deadline.remaining * 1000, 60_000)).rounded(.up))
      if unsafe poll(&polled, nfds_t(polled.count), milliseconds) > 0 {
        return polled.firstIndex { $0.revents != 0 }
      }
    } while !deadline.hasPassed
    return nil
  }

  var pollfd: pollfd {
    switch self {
    case .readable(let descriptor): Glibc.pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    case .hangUp(let descriptor): Glibc.pollfd(fd: descriptor, events: 0, revents: 0)
    case .writable(let descriptor): Glibc.pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    }
  }
}
