import Core

/// Milliseconds since a moment on the monotonic clock, to a microsecond: how results show durations.
func milliseconds(since start: Double) -> Double {
  milliseconds(Deadline.monotonic() - start)
}

func milliseconds(_ seconds: Double) -> Double {
  (seconds * 1e6).rounded() / 1e3
}

/// A number for people: one decimal from 1 on, three below.
func readable(milliseconds: Double) -> String {
  let scale = milliseconds < 1 ? 1000.0 : 10.0
  return "\((milliseconds * scale).rounded() / scale)"
}

/// A count with its noun, `1 channel`, `3 processes`.
func counted(_ count: Int, _ singular: String, _ plural: String) -> String {
  "\(count) \(count == 1 ? singular : plural)"
}

/// A count in a table, where it is known.
func shown(_ count: Int?) -> String { count.map { "\($0)" } ?? "-" }

/// How long something is ago, or lasts, for people: `0.4s`, `9s`, `12s`, `5m 12s`, `3h 5m`, `2d 4h`.
func readable(age seconds: Double) -> String {
  let whole = Int(min(max(seconds, 0), 1e12))
  switch whole {
  case ..<10: return "\(readable((max(seconds, 0) * 10).rounded(.down) / 10))s"
  case ..<60: return "\(whole)s"
  case ..<3600: return "\(whole / 60)m \(whole % 60)s"
  case ..<86_400: return "\(whole / 3600)h \(whole / 60 % 60)m"
  default: return "\(whole / 86_400)d \(whole / 3600 % 24)h"
  }
}

/// Seconds since 1970 as the age at `now`, to a millisecond, never below 0: how results show ages.
func age(_ time: Double, _ now: Double) -> Double {
  (max(0, now - time) * 1e3).rounded() / 1e3
}

/// Seconds for people: `30`, `0.5`; what three decimals cannot show stays as it is.
func readable(_ seconds: Double) -> String {
  let rounded = (seconds * 1000).rounded() / 1000
  return seconds == seconds.rounded() ? "\(Int(seconds))" : "\(rounded == 0 ? seconds : rounded)"
}
