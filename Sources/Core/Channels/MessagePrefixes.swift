import Glibc

/// The bytes that channels_redis puts before a message to keep equal messages apart
/// (`random_prefix_length`).
///
/// There they are random; here they rise, so that messages with one score (the server's clock ticks in
/// microseconds) still leave a queue in the order they were sent.
struct MessagePrefixes {
  private let length: Int
  private var counter: UInt64

  init(length: Int) {
    self.length = length
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    counter = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Eight bytes of a rising counter that starts at the time in nanoseconds, then random ones.
  ///
  /// Of fewer than eight bytes the last of the counter: they start anew after 2^(8 * length) messages,
  /// and two senders may meet. Without any, equal messages become one, as with channels_redis.
  mutating func next() -> [UInt8] {
    counter += 1
    let rising = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
    guard length > 8 else { return Array(rising.suffix(length)) }
    return rising + (8..<length).map { _ in UInt8.random(in: 0 ... .max) }
  }
}
