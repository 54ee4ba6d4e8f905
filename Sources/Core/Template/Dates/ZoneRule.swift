/// The rule of a zone for all years to come, as POSIX writes it in TZ: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Equatable, Sendable {
  fileprivate enum Day: Equatable, Sendable {
    /// The nth of such a weekday (0 is Sunday) in a month; the fifth is the last.
    case weekday(month: Int, week: Int, day: Int)
    /// From 1, the leap day never counted.
    case julian(Int)
    /// From 0, the leap day counted.
    case dayOfYear(Int)
  }

  fileprivate struct Change: Equatable, Sendable {
    let day: Day
    /// On the clock as it was before the change.
    let secondOfDay: Int
  }

  private struct DaylightSaving: Equatable, Sendable {
    let period: ZonePeriod
    let start: Change
    let end: Change
  }

  private let standard: ZonePeriod
  private let daylightSaving: DaylightSaving?

  /// What the clocks do at a moment in seconds since 1970 in UTC.
  func period(at instant: Int) -> ZonePeriod {
    guard let daylightSaving else { return standard }
    let year = CivilDate(daysSince1970: (instant + standard.offset).quotient(by: 86400)).year
    let start = daylightSaving.start.seconds(in: year) - standard.offset
    let end = daylightSaving.end.seconds(in: year) - daylightSaving.period.offset
    let isDaylightSaving =
      start < end ? start <= instant && instant < end : !(end <= instant && instant < start)
    return isDaylightSaving ? daylightSaving.period : standard
  }
}

// MARK: Reading

extension ZoneRule {
  /// Nil where the text is no such rule.
  init?(_ text: String) {
    var reader = Reader(rest: text.utf8[...])
    guard let name = reader.name(), let offset = reader.time() else { return nil }
    standard = ZonePeriod(offset: -offset, isDaylightSaving: false, name: name)
    if reader.rest.isEmpty {
      daylightSaving = nil
      return
    }
    guard let name = reader.name() else { return nil }
    let summer = reader.rest.first == UInt8(ascii: ",") ? offset - 3600 : reader.time()
    guard let summer, let start = reader.change(), let end = reader.change(), reader.rest.isEmpty
    else { return nil }
    daylightSaving = DaylightSaving(
      period: ZonePeriod(offset: -summer, isDaylightSaving: true, name: name), start: start,
      end: end)
  }

  private struct Reader {
    var rest: Substring.UTF8View

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func name() -> String? {
      let isQuoted = skip("<")
      let name = rest.prefix {
        isQuoted ? $0 != UInt8(ascii: ">") : Unicode.Scalar($0).isASCIILetter
      }
      rest = rest[name.endIndex...]
      guard !name.isEmpty, !isQuoted || skip(">") else { return nil }
      return String(name)
    }

    mutating func number() -> Int? {
      let digits = rest.prefix(while: \.isASCIIDigit)
      rest = rest[digits.endIndex...]
      return Int(String(Substring(digits)))
    }

    /// Reads `[+-]hh[:mm[:ss]]` as seconds.
    mutating func time() -> Int? {
      let isNegative = skip("-")
      if !isNegative { _ = skip("+") }
      guard var seconds = number().map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where skip(":") {
        guard let number = number() else { return nil }
        seconds += number * unit
      }
      return isNegative ? -seconds : seconds
    }

    /// Reads `,date[/time]`; the time is two o'clock where none is given.
    mutating func change() -> Change? {
      guard skip(","), let day = day() else { return nil }
      guard skip("/") else { return Change(day: day, secondOfDay: 7200) }
      return time().map { Change(day: day, secondOfDay: $0) }
    }

    private mutating func day() -> Day? {
      if skip("J") { return number().map(Day.julian) }
      guard skip("M") else { return number().map(Day.dayOfYear) }
      guard let month = number(), 1...12 ~= month, skip("."), let week = number(), skip("."),
        let day = number()
      else { return nil }
      return .weekday(month: month, week: week, day: day)
    }
  }
}

extension ZoneRule.Change {
  /// When it is in `year`, in seconds since 1970 on the clock before the change.
  fileprivate func seconds(in year: Int) -> Int {
    let newYear = (CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0)
    let days =
      switch day {
      case .dayOfYear(let day): newYear + day
      case .julian(let day): newYear + day - (CivilDate.isLeap(year) && day >= 60 ? 0 : 1)
      case .weekday(let month, let week, let day): Self.day(day, week, month, year)
      }
    return days * 86400 + secondOfDay
  }

  private static func day(_ weekday: Int, _ week: Int, _ month: Int, _ year: Int) -> Int {
    guard let first = CivilDate(year: year, month: month, day: 1) else { return 0 }
    let offset = (weekday - first.weekday - 1).remainder(by: 7) + (week - 1) * 7
    let days = CivilDate.days(in: month, of: year)
    return first.daysSince1970 + (offset >= days ? offset - 7 : offset)
  }
}
