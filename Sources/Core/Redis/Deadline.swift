import Glibc

/// A moment on the monotonic clock by which something must be done; nil seconds: never.
package struct Deadline: Sendable {
  /// Seconds from start to end, as asked for.
  package let seconds: Double?
  private let end: Double

  package init(seconds: Double?) {
    self.seconds = seconds
    end = seconds.map { Self.monotonic() + $0 } ?? .infinity
  }

  /// Seconds left; negative when it has passed.
  package var remaining: Double { end - Self.monotonic() }

  package var hasPassed: Bool { remaining <= 0 }

  /// The earlier of two.
  package static func min(_ left: Deadline, _ right: Deadline) -> Deadline {
    left.end <= right.end ? left : right
  }

  /// Seconds on a clock that never steps.
  package static func monotonic() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
