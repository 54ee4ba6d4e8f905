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
    let day = unsafe [date.tm_year + 1900, date.tm_mon + 1, date.tm_mday]
    let clock = unsafe [date.tm_hour, date.tm_min, date.tm_sec]
    let fraction = padded(microseconds % 1_000_000, 6)
    return "\(joined(day, by: "-"))T\(joined(clock, by: ":")).\(fraction)Z"
  }

  /// The time of day here, to a millisecond, for people: `08:00:00.000`.
  package static func clock(_ seconds: Double) -> String {
    let milliseconds = Int((bounded(seconds) * 1e3).rounded(.down))
    var whole = time_t(milliseconds / 1000)
    var date = unsafe tm()
    unsafe localtime_r(&whole, &date)
    let clock = unsafe [date.tm_hour, date.tm_min, date.tm_sec]
    return "\(joined(clock, by: ":")).\(padded(milliseconds % 1000, 3))"
  }

  /// A score can be anything; years beyond four digits have no such form.
  private static func bounded(_ seconds: Double) -> Double {
    seconds.isNaN ? 0 : min(max(seconds, 0), 253_402_300_799)
  }

  private static func joined(_ numbers: [Int32], by separator: String) -> String {
    numbers.map { padded(Int($0)) }.joined(separator: separator)
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
