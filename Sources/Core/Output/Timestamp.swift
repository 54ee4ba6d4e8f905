import Glibc

/// A moment as machines read it.
package enum Timestamp {
  /// Seconds since 1970 by the clock of this machine.
  package static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// RFC 3339 in UTC with microseconds: `2026-11-23T08:00:00.000000Z`.
  ///
  /// - Parameter seconds: since 1970.
  package static func text(_ seconds: Double) -> String {
    let microseconds = Int((bounded(seconds) * 1e6).rounded())
    var whole = time_t(microseconds / 1_000_000)
    var date = unsafe tm()
    unsafe gmtime_r(&whole, &date)
    var text: [UInt8] = []
    text.reserveCapacity(27)
    text.append(unsafe Int(date.tm_year) + 1900, digits: 4)
    text.append(unsafe Int(date.tm_mon) + 1, after: "-")
    text.append(unsafe Int(date.tm_mday), after: "-")
    text.append(unsafe Int(date.tm_hour), after: "T")
    text.append(unsafe Int(date.tm_min), after: ":")
    text.append(unsafe Int(date.tm_sec), after: ":")
    text.append(microseconds % 1_000_000, digits: 6, after: ".")
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The time of day here, to a millisecond, for people: `08:00:00.000`.
  package static func clock(_ seconds: Double) -> String {
    let milliseconds = Int((bounded(seconds) * 1e3).rounded(.down))
    var whole = time_t(milliseconds / 1000)
    var date = unsafe tm()
    unsafe localtime_r(&whole, &date)
    var text: [UInt8] = []
    text.append(unsafe Int(date.tm_hour), digits: 2)
    text.append(unsafe Int(date.tm_min), after: ":")
    text.append(unsafe Int(date.tm_sec), after: ":")
    text.append(milliseconds % 1000, digits: 3, after: ".")
    return String(decoding: text, as: UTF8.self)
  }

  /// A score can be anything; years beyond four digits have no such form.
  private static func bounded(_ seconds: Double) -> Double {
    seconds.isNaN ? 0 : min(max(seconds, 0), 253_402_300_799)
  }
}

extension [UInt8] {
  /// Appends the last so many digits of a number, zeros in front.
  fileprivate mutating func append(
    _ number: Int, digits: Int = 2, after separator: Unicode.Scalar? = nil
  ) {
    if let separator { append(UInt8(ascii: separator)) }
    var power = 1
    for _ in 1..<digits { power *= 10 }
    while power > 0 {
      append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
