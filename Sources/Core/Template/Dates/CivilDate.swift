/// A day of the Gregorian calendar, from year 1 to 9999 (`datetime.date`).
package struct CivilDate: Equatable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Nil where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, 1...Self.days(in: month, of: year) ~= day else {
      return nil
    }
    self.init(unchecked: year, month, day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day so many days after 1970-01-01, wherever in time that is.
  init(daysSince1970 days: Int) {
    // Years that begin in March end with the leap day, and each 400 of them have as many days.
    let day = days + 719_468
    let era = day.quotient(by: 146_097)
    let dayOfEra = day - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * march + 2) / 5 + 1)
  }

  var daysSince1970: Int {
    let year = month <= 2 ? year - 1 : year
    let era = year.quotient(by: 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func days(in month: Int, of year: Int) -> Int {
    month == 2 && isLeap(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// 0 is Monday.
  var weekday: Int { (daysSince1970 + 3).remainder(by: 7) }

  /// 1 is the first of January.
  var dayOfYear: Int {
    (1..<month).reduce(day) { $0 + Self.days(in: $1, of: year) }
  }

  /// The year and week of ISO 8601: the first week is that of the year's first Thursday.
  var isoWeek: (year: Int, week: Int) {
    let thursday = CivilDate(daysSince1970: daysSince1970 - weekday + 3)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }

  /// As `2024-02-29`.
  var isoText: String { year.padded(4) + "-" + month.padded(2) + "-" + day.padded(2) }
}

/// A time of day, without a zone (`datetime.time`).
package struct TimeOfDay: Equatable, Sendable {
  package var hour = 0
  package var minute = 0
  package var second = 0
  package var microsecond = 0
  /// Of a time by itself; only its ISO form tells it.
  package var zone: Zone?

  package static let midnight = TimeOfDay()

  var secondOfDay: Int { (hour * 60 + minute) * 60 + second }

  /// As `10:30:00`, with six digits of a second's fraction where there is one.
  var isoText: String {
    let fraction = microsecond == 0 ? "" : "." + microsecond.padded(6)
    let offset = zone.map { ZonePeriod.offsetText($0.period(at: 0).offset, separator: ":") } ?? ""
    return hour.padded(2) + ":" + minute.padded(2) + ":" + second.padded(2) + fraction + offset
  }
}

extension TimeOfDay {
  init(secondOfDay: Int, microsecond: Int) {
    self.init(
      hour: secondOfDay / 3600, minute: secondOfDay / 60 % 60, second: secondOfDay % 60,
      microsecond: microsecond)
  }
}

extension Int {
  /// The number with zeros before it, up to `width` digits.
  func padded(_ width: Int) -> String {
    let digits = magnitude.description
    let zeros = String(repeating: "0", count: Swift.max(0, width - digits.utf8.count))
    return (self < 0 ? "-" : "") + zeros + digits
  }

  /// The quotient rounded down (Python's `//`).
  func quotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The remainder that is never negative (Python's `%`, of a positive divisor).
  func remainder(by divisor: Int) -> Int {
    self - quotient(by: divisor) * divisor
  }
}
