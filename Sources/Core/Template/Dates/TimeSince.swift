/// How long ago something was, in two adjacent units (`django/utils/timesince.py`).
enum TimeSince {
  /// The time from `start` to `end` as `3 weeks, 2 days`, each number and unit held together by a
  /// no-break space; `0 minutes` where `end` is not after `start`.
  ///
  /// Both count by the clock on the wall: the caller has brought them to one zone.
  static func text(from start: DateTime, to end: DateTime) -> String {
    let elapsed = (end.wallMicroseconds - start.wallMicroseconds).quotient(by: 1_000_000)
    let counts = elapsed > 0 ? counts(from: start, to: end) : []
    let units = zip(counts, ["year", "month", "week", "day", "hour", "minute"])
    let shown = units.drop { $0.0 == 0 }.prefix(2).prefix { $0.0 != 0 }
    guard !shown.isEmpty else { return "0\u{a0}minutes" }
    return shown.map { "\($0)\u{a0}\($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
  }

  /// Years, months, weeks, days, hours, minutes.
  private static func counts(from start: DateTime, to end: DateTime) -> [Int] {
    let clock = (start.time.secondOfDay, start.time.microsecond)
    let isShort =
      start.date.day > end.date.day
      || start.date.day == end.date.day && clock > (end.time.secondOfDay, end.time.microsecond)
    let months =
      (end.date.year - start.date.year) * 12 + end.date.month - start.date.month
      - (isShort ? 1 : 0)
    var rest = end.wallMicroseconds - pivot(start, months: months)
    var counts = [months / 12, months % 12]
    for seconds in [7 * 86400, 86400, 3600, 60] {
      let count = rest.quotient(by: seconds * 1_000_000)
      counts.append(count)
      rest -= count * seconds * 1_000_000
    }
    return counts
  }

  /// `start` so many months later, in microseconds; its own fraction of a second is lost then, and
  /// February never has a leap day.
  private static func pivot(_ start: DateTime, months: Int) -> Int {
    guard months > 0 else { return start.wallMicroseconds }
    let month = start.date.year * 12 + start.date.month - 1 + months
    // 2023 has no leap day.
    let day = min(start.date.day, CivilDate.days(in: month % 12 + 1, of: 2023))
    guard let date = CivilDate(year: month / 12, month: month % 12 + 1, day: day) else {
      return start.wallMicroseconds
    }
    let time = TimeOfDay(secondOfDay: start.time.secondOfDay, microsecond: 0)
    return DateTime(date, time).wallMicroseconds
  }
}
