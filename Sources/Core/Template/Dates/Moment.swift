/// A date, a time of day, or both, as Python's `datetime` module has them.
package enum Moment: Sendable {
  case date(CivilDate)
  case time(TimeOfDay)
  case dateTime(DateTime)

  package var typeName: String {
    switch self {
    case .date: "datetime.date"
    case .time: "datetime.time"
    case .dateTime: "datetime.datetime"
    }
  }

  /// As `str` writes it: `2024-02-29 10:30:00+00:00`.
  var text: String {
    switch self {
    case .date(let date): date.isoText
    case .time(let time): time.isoText
    case .dateTime(let dateTime): dateTime.isoText(separator: " ")
    }
  }
}

// MARK: Comparison

extension Moment {
  package func isEqual(to other: Moment) -> Bool {
    switch (self, other) {
    case (.date(let left), .date(let right)): left == right
    case (.time(let left), .time(let right)): left == right
    case (.dateTime(let left), .dateTime(let right)):
      (left.zone == nil) == (right.zone == nil)
        && left.microseconds(naiveIn: .utc) == right.microseconds(naiveIn: .utc)
    default: false
    }
  }

  package func isLess(than other: Moment) throws(TemplateError.Reason) -> Bool {
    switch (self, other) {
    case (.date(let left), .date(let right)):
      return left.daysSince1970 < right.daysSince1970
    case (.time(let left), .time(let right)):
      return (left.secondOfDay, left.microsecond) < (right.secondOfDay, right.microsecond)
    case (.dateTime(let left), .dateTime(let right)):
      guard (left.zone == nil) == (right.zone == nil) else {
        throw .exception(
          "TypeError", "can't compare offset-naive and offset-aware datetimes")
      }
      return left.microseconds(naiveIn: .utc) < right.microseconds(naiveIn: .utc)
    case (.date, .dateTime), (.dateTime, .date):
      throw .exception("TypeError", "can't compare \(typeName) to \(other.typeName)")
    case (.time, _), (_, .time):
      throw .exception(
        "TypeError",
        "'<' not supported between instances of '\(typeName)' and '\(other.typeName)'")
    }
  }
}

// MARK: Attributes

extension Moment {
  /// `.year`, `.hour` and the like, and methods without arguments; nil where there is none.
  package func attribute(_ name: String) -> TemplateValue? {
    switch self {
    case .date(let date): Self.attribute(name, of: date)
    case .time(let time): Self.attribute(name, of: time)
    case .dateTime(let dateTime): Self.attribute(name, of: dateTime)
    }
  }

  private static func attribute(_ name: String, of date: CivilDate) -> TemplateValue? {
    switch name {
    case "year": .integer(date.year)
    case "month": .integer(date.month)
    case "day": .integer(date.day)
    case "weekday": .integer(date.weekday)
    case "isoweekday": .integer(date.weekday + 1)
    case "toordinal": .integer(date.daysSince1970 + 719_163)
    case "isoformat": .string(date.isoText)
    default: nil
    }
  }

  private static func attribute(_ name: String, of time: TimeOfDay) -> TemplateValue? {
    switch name {
    case "hour": .integer(time.hour)
    case "minute": .integer(time.minute)
    case "second": .integer(time.second)
    case "microsecond": .integer(time.microsecond)
    case "isoformat": .string(time.isoText)
    default: nil
    }
  }

  private static func attribute(_ name: String, of dateTime: DateTime) -> TemplateValue? {
    switch name {
    case "isoformat": .string(dateTime.isoText())
    case "date": .moment(.date(dateTime.date))
    case "time": .moment(.time(dateTime.time))
    case "fold": .integer(dateTime.isFolded ? 1 : 0)
    case "tzname": dateTime.period.map { .string($0.name) } ?? TemplateValue.none
    case "tzinfo": dateTime.zone.map { .string($0.name) } ?? TemplateValue.none
    default: attribute(name, of: dateTime.date) ?? attribute(name, of: dateTime.time)
    }
  }
}

// MARK: Representation

extension Moment {
  /// As `repr` writes it: `datetime.date(2024, 2, 29)`.
  var repr: String {
    switch self {
    case .date(let date): "datetime.date(\(date.year), \(date.month), \(date.day))"
    case .time(let time): "datetime.time(\(Self.arguments(time))\(Self.argument(time.zone)))"
    // Django's time zone filters return a class of their own.
    case .dateTime(let dateTime) where !dateTime.convertsToLocalTime:
      "datetimeobject(\(Self.arguments(dateTime)))"
    case .dateTime(let dateTime): "datetime.datetime(\(Self.arguments(dateTime)))"
    }
  }

  private static func arguments(_ time: TimeOfDay) -> String {
    var numbers = [time.hour, time.minute]
    if time.second != 0 || time.microsecond != 0 { numbers.append(time.second) }
    if time.microsecond != 0 { numbers.append(time.microsecond) }
    return numbers.map(String.init).joined(separator: ", ")
  }

  private static func arguments(_ dateTime: DateTime) -> String {
    let date = dateTime.date
    let fold = dateTime.isFolded ? ", fold=1" : ""
    return "\(date.year), \(date.month), \(date.day), \(arguments(dateTime.time))\(fold)"
      + argument(dateTime.zone)
  }

  private static func argument(_ zone: Zone?) -> String {
    zone.map { ", tzinfo=\($0.repr)" } ?? ""
  }
}
