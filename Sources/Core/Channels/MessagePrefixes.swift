import Glibc

/// The bytes that channels_redis puts before a message to keep equal messages apart
/// (`random_prefix_length`).
///
/// There they are random; here they rise, so that messages with one score (the server's clock ticks in
/// microseconds) still leave a queue in the order they were sent.
struct MessagePrefixes {
  private let length: Int
  private var counter: UInt64
  /// What tells two senders apart whose counters meet: drawn once, each draw is a system call.
  private let own: [UInt8]

  init(length: Int) {
    self.length = length
    own = (0..<max(0, length - 8)).map { _ in UInt8.random(in: 0 ... .max) }
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    counter = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// How many messages with one score keep their order: shorter prefixes do not always rise.
  var rising: Int { length < 8 ? 1 : .max }

  /// A message with its prefix: eight bytes of a rising counter that starts at the time in nanoseconds,
  /// then this sender's own.
  ///
  /// Of fewer than eight bytes the last of the counter: they start anew after 2^(8 * length) messages,
  /// and two senders may meet. Without any, equal messages become one, as with channels_redis.
  mutating func next(before message: [UInt8] = []) -> [UInt8] {
    counter += 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length + message.count)
    unsafe withUnsafeBytes(of: counter.bigEndian) { counter in
      unsafe bytes += counter.suffix(length)
    }
    bytes += own
    bytes += message
    return bytes
  }
}
