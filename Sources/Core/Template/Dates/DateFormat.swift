/// Writes a moment by Django's format letters (`django/utils/dateformat.py`).
///
/// A value that is no moment is written too: letters that only ask for its zone give nothing, all
/// others do not apply.
struct DateFormat {
  enum Failure: Error {
    /// The value has no such part: Django's filters catch the `AttributeError` and write nothing.
    case lacksPart
    /// A date by itself has no time, and no day can be made of the value: a `TypeError`.
    case wrongType(String)
  }

  private let moment: Moment?
  private let defaultZone: Zone
  private let currentZone: Zone

  init(_ moment: Moment?, _ context: FilterContext) {
    self.moment = moment
    defaultZone = context.defaultZone
    currentZone = context.zone
  }

  /// The zone of the moment where it is certain: not while clocks are being changed.
  private var zone: Zone? {
    guard case .dateTime(let dateTime) = moment else { return nil }
    let zone = dateTime.zone ?? defaultZone
    return dateTime.isAmbiguousOrImaginary(in: zone) ? nil : zone
  }

  /// The text that a template prints, as `Feb. 29, 2024, 10:30 a.m.` is.
  var localizedText: String {
    let format =
      switch moment {
      case .date: Self.namedFormat("DATE_FORMAT")
      case .time: Self.namedFormat("TIME_FORMAT")
      case .dateTime, nil: Self.namedFormat("DATETIME_FORMAT")
      }
    return (try? text(format)) ?? ""
  }

  /// The English format of that name; a text that is no name is a format itself
  /// (`django/conf/locale/en/formats.py`).
  static func namedFormat(_ name: String) -> String {
    switch name {
    case "DATE_FORMAT": "N j, Y"
    case "TIME_FORMAT": "P"
    case "DATETIME_FORMAT": "N j, Y, P"
    case "YEAR_MONTH_FORMAT": "F Y"
    case "MONTH_DAY_FORMAT": "F j"
    case "SHORT_DATE_FORMAT": "m/d/Y"
    case "SHORT_DATETIME_FORMAT": "m/d/Y P"
    default: name
    }
  }

  /// Writes the letters of `format`; a letter behind a backslash stands for itself.
  ///
  /// `onlyTime` takes no letter of a date (`TimeFormat`).
  func text(_ format: String, onlyTime: Bool = false) throws(Failure) -> String {
    let points = CodePoints(format)
    var text = ""
    var index = 0
    while index < points.count {
      let isEscaped = index > 0 && points[index - 1] == "\\"
      if !isEscaped, Self.letters.contains(points[index]) {
        text += try part(points[index], onlyTime: onlyTime)
      } else {
        let escapes = points[index] == "\\" && index + 1 < points.count && points[index + 1] != "\n"
        if escapes { index += 1 }
        text.unicodeScalars.append(points[index])
      }
      index += 1
    }
    return text
  }

  private static let letters = Set("aAbcdDeEfFgGhHiIjlLmMnNoOPrsStTUuwWyYzZ".unicodeScalars)
  private static let timeLetters = Set("aAefgGhHiOPsTuZ".unicodeScalars)

  private func part(_ letter: Unicode.Scalar, onlyTime: Bool) throws(Failure) -> String {
    let isOfTime = Self.timeLetters.contains(letter)
    if case .date = moment, isOfTime {
      throw .wrongType(
        "The format for date objects may not contain time-related format specifiers "
          + "(found '\(letter)').")
    }
    guard isOfTime || !onlyTime else { throw .lacksPart }
    if let part = zonePart(letter) { return part }
    if let part = try wholePart(letter) { return part }
    let part =
      switch moment {
      case .date(let date): Self.datePart(letter, date)
      case .time(let time): Self.timePart(letter, time)
      case .dateTime(let dateTime):
        Self.datePart(letter, dateTime.date) ?? Self.timePart(letter, dateTime.time)
      case nil: nil as String?
      }
    guard let part else { throw .lacksPart }
    return part
  }
}

// MARK: Letters

extension DateFormat {
  /// The letters about the zone, which give nothing where there is none.
  private func zonePart(_ letter: Unicode.Scalar) -> String? {
    guard ["e", "I", "O", "T", "Z"].contains(letter) else { return nil }
    guard let zone, case .dateTime(let dateTime) = moment else { return "" }
    let period = dateTime.period(in: zone)
    return switch letter {
    case "e": dateTime.zone == nil ? "" : period.name
    case "I": period.isDaylightSaving ? "1" : "0"
    case "O": String(ZonePeriod.offsetText(period.offset, separator: "").prefix(5))
    case "T": period.name
    default: String(period.offset)
    }
  }

  /// The letters that write the whole moment.
  private func wholePart(_ letter: Unicode.Scalar) throws(Failure) -> String? {
    guard ["c", "r", "U"].contains(letter) else { return nil }
    let dateTime: DateTime
    switch moment {
    case .date(let date) where letter == "c": return date.isoText
    case .time(let time) where letter == "c": return time.isoText
    case .date(let date): dateTime = DateTime(date)
    case .dateTime(let known): dateTime = known
    case .time where letter != "c", nil where letter != "c":
      let type = moment.map { ", not \($0.typeName)" } ?? ""
      throw .wrongType("combine() argument 1 must be datetime.date\(type)")
    case .time, nil: throw .lacksPart
    }
    let isDate = if case .date = moment { true } else { false }
    let naiveZone = isDate ? defaultZone : zone ?? currentZone
    return switch letter {
    case "c": dateTime.isoText()
    case "r": Self.mailText(dateTime, naiveIn: naiveZone)
    default: String(dateTime.microseconds(naiveIn: defaultZone) / 1_000_000)
    }
  }

  /// As mail headers write it: `Thu, 21 Dec 2000 16:01:07 +0200` (RFC 5322).
  private static func mailText(_ dateTime: DateTime, naiveIn naiveZone: Zone) -> String {
    let (date, time) = (dateTime.date, dateTime.time)
    let offset = dateTime.period(in: dateTime.zone ?? naiveZone).offset
    let clock = [time.hour, time.minute, time.second].map { $0.padded(2) }.joined(separator: ":")
    return [
      weekdays[date.weekday].prefix(3) + ",", date.day.padded(2),
      String(months[date.month - 1].prefix(3)), date.year.padded(4), clock,
      ZonePeriod.offsetText(offset, separator: ""),
    ].joined(separator: " ")
  }

  private static func datePart(_ letter: Unicode.Scalar, _ date: CivilDate) -> String? {
    switch letter {
    case "b": months[date.month - 1].prefix(3).lowercased()
    case "d": date.day.padded(2)
    case "D": String(weekdays[date.weekday].prefix(3))
    case "E", "F": months[date.month - 1]
    case "j": String(date.day)
    case "l": weekdays[date.weekday]
    case "L": CivilDate.isLeap(date.year) ? "True" : "False"
    case "m": date.month.padded(2)
    case "M": String(months[date.month - 1].prefix(3))
    case "n": String(date.month)
    case "N": pressMonths[date.month - 1]
    case "o": String(date.isoWeek.year)
    case "S": ordinalSuffix(date.day)
    case "t": String(CivilDate.days(in: date.month, of: date.year))
    case "w": String((date.weekday + 1) % 7)
    case "W": String(date.isoWeek.week)
    case "y": (date.year % 100).padded(2)
    case "Y": date.year.padded(4)
    case "z": String(date.dayOfYear)
    default: nil
    }
  }

  private static func timePart(_ letter: Unicode.Scalar, _ time: TimeOfDay) -> String? {
    let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
    let clock = time.minute == 0 ? String(hour) : "\(hour):\(time.minute.padded(2))"
    let half = time.hour > 11 ? "p.m." : "a.m."
    return switch letter {
    case "a": half
    case "A": time.hour > 11 ? "PM" : "AM"
    case "f": clock
    case "g": String(hour)
    case "G": String(time.hour)
    case "h": hour.padded(2)
    case "H": time.hour.padded(2)
    case "i": time.minute.padded(2)
    case "P" where time.minute == 0 && time.hour % 12 == 0: time.hour == 0 ? "midnight" : "noon"
    case "P": "\(clock) \(half)"
    case "s": time.second.padded(2)
    case "u": time.microsecond.padded(6)
    default: nil
    }
  }

  private static func ordinalSuffix(_ day: Int) -> String {
    switch (day, day % 10) {
    case (11...13, _): "th"
    case (_, 1): "st"
    case (_, 2): "nd"
    case (_, 3): "rd"
    default: "th"
    }
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  /// In the style of the Associated Press.
  private static let pressMonths = [
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
    "Dec.",
  ]
}
