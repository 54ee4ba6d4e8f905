import Glibc

/// The bytes that channels_redis puts before a message to keep equal messages apart.
///
/// There they are random; here they rise, so that messages with one score (the server's clock ticks in
/// microseconds) still leave a queue in the order they were sent.
struct MessagePrefixes {
  static let length = 12
  private var counter: UInt64

  init() {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    counter = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Eight bytes of a rising counter that starts at the time in nanoseconds, and four random ones.
  mutating func next() -> [UInt8] {
    counter += 1
    let random = UInt32.random(in: 0 ... .max)
    return (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
      + (0..<4).map { UInt8(truncatingIfNeeded: random >> (24 - 8 * $0)) }
  }
}
