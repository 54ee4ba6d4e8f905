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

/// Seconds for people: `30`, `0.5`.
func readable(_ seconds: Double) -> String {
  seconds == seconds.rounded() ? "\(Int(seconds))" : "\((seconds * 1000).rounded() / 1000)"
}
