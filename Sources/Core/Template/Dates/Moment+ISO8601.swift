extension Moment {
  /// Reads `2024-02-29`, `2024-02-29T10:30:00.5+01:00`, `10:30Z`; nil where it is none of them.
  ///
  /// A space may stand for the T, and the zone may lack, as `datetime.fromisoformat` has it.
  package init?(isoText text: String) {
    var reader = ISOReader(rest: text.utf8[...])
    if let date = reader.date() {
      if reader.rest.isEmpty {
        self = .date(date)
        return
      }
      guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let time = reader.time(),
        let zone = reader.zone(), reader.rest.isEmpty
      else { return nil }
      self = .dateTime(DateTime(date, time, in: zone))
    } else {
      reader = ISOReader(rest: text.utf8[...])
      guard text.utf8.contains(UInt8(ascii: ":")), var time = reader.time(),
        let zone = reader.zone(), reader.rest.isEmpty
      else { return nil }
      time.zone = zone
      self = .time(time)
    }
  }
}

private struct ISOReader {
  var rest: Substring.UTF8View

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(digits count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    rest = rest[digits.endIndex...]
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  mutating func date() -> CivilDate? {
    guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
      let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  mutating func time() -> TimeOfDay? {
    guard var time = hours() else { return nil }
    if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
      rest.removeFirst()
      let digits = rest.prefix(while: \.isASCIIDigit)
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
      let padded = String(Substring(digits.prefix(6))) + String(repeating: "0", count: 6)
      time.microsecond = Int(padded.prefix(6)) ?? 0
    }
    guard time.hour < 24, time.minute < 60, time.second < 60 else { return nil }
    return time
  }

  /// Reads `hh[:mm[:ss]]`.
  private mutating func hours() -> TimeOfDay? {
    guard let hour = number(digits: 2) else { return nil }
    guard skip(":") else { return TimeOfDay(hour: hour) }
    guard let minute = number(digits: 2) else { return nil }
    guard skip(":") else { return TimeOfDay(hour: hour, minute: minute) }
    guard let second = number(digits: 2) else { return nil }
    return TimeOfDay(hour: hour, minute: minute, second: second)
  }

  /// Reads `Z`, `±hh[:mm[:ss]]` or `±hhmm`; `.some(nil)` at the end of the text.
  mutating func zone() -> Zone?? {
    if rest.isEmpty { return .some(nil) }
    if skip("Z") || skip("z") { return .utc }
    let isNegative = skip("-")
    guard isNegative || skip("+") else { return nil }
    var offset: TimeOfDay
    if rest.count == 4, let hour = number(digits: 2), let minute = number(digits: 2) {
      offset = TimeOfDay(hour: hour, minute: minute)
    } else if let colonized = hours() {
      offset = colonized
    } else {
      return nil
    }
    guard offset.hour < 24, offset.minute < 60, offset.second < 60 else { return nil }
    return Zone(offset: isNegative ? -offset.secondOfDay : offset.secondOfDay)
  }
}
