import Glibc

extension RedisConnection {
  /// Whether the server has ended the connection while nothing was asked.
  var isClosed: Bool {
    var byte: UInt8 = 0
    let count = unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
  }

  /// Waits until the socket is ready for an event; what is watched interrupts it.
  func wait(
    for event: Int32, _ deadline: Deadline, written: Bool
  ) throws(RedisError) {
    var deadline = Deadline.min(deadline, Deadline(seconds: patience))
    var polled = [pollfd(fd: descriptor, events: Int16(event), revents: 0)]
    for watched in watched { polled.append(watched.pollfd) }
    while true {
      let remaining = deadline.remaining
      guard remaining > 0 else {
        throw .timedOut(address, seconds: deadline.seconds ?? 0, written: written)
      }
      let milliseconds = Int32(min(remaining * 1000, 60_000).rounded(.up))
      let ready = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
      guard ready > 0 else { continue }
      if polled.dropFirst().contains(where: { $0.revents != 0 }) {
        guard written, grace > 0 else { throw .interrupted }
        if polled[0].revents != 0 { return }
        deadline = .min(deadline, Deadline(seconds: grace))
        polled.removeSubrange(1...)
        continue
      }
      return
    }
  }
}
