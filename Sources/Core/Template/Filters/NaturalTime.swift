/// How long ago a time is, or how far ahead, in one unit below a day (`NaturalTimeFormatter`).
enum NaturalTime {
  /// `now` is in UTC, or naive as `time` is.
  static func text(_ time: DateTime, now: DateTime) -> String {
    let elapsed = now.microseconds(naiveIn: .utc) - time.microseconds(naiveIn: .utc)
    let seconds = abs(elapsed) / 1_000_000
    let direction = elapsed > 0 ? "ago" : "from now"
    switch seconds {
    case 0: return "now"
    case 1..<60: return phrase(seconds, "second", article: "a", direction)
    case 60..<3600: return phrase(seconds / 60, "minute", article: "a", direction)
    case 3600..<86400: return phrase(seconds / 3600, "hour", article: "an", direction)
    default:
      let local = time.zone.map { now.converted(to: $0, naiveIn: $0) } ?? now
      let length =
        elapsed > 0
        ? TimeSince.text(from: time, to: local) : TimeSince.text(from: local, to: time)
      return "\(length) \(direction)"
    }
  }

  private static func phrase(
    _ count: Int, _ unit: String, article: String, _ direction: String
  ) -> String {
    count == 1 ? "\(article) \(unit) \(direction)" : "\(count)\u{a0}\(unit)s \(direction)"
  }
}
