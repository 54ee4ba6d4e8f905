extension Library {
  /// The filters of `{% load humanize %}` in English
  /// (`django/contrib/humanize/templatetags/humanize.py`).
  package static let humanizeFilters = [
    Filter("apnumber", isSafe: true, function: pressNumber),
    Filter("intcomma", .optional, isSafe: true, function: groupedInteger),
    Filter("intword", function: wordedInteger),
    Filter("ordinal", isSafe: true, function: ordinal),
    Filter("naturalday", .optional, function: naturalDay),
    Filter("naturaltime", function: naturalTime),
  ]

  /// One to nine in words, as the Associated Press has it.
  private static func pressNumber(
    _ value: TemplateValue, _: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let integer = try value.integerOrNil() else { return value }
    guard let number = integer.int, 1...9 ~= number else { return TemplateValue(integer) }
    return .string(
      ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][number - 1])
  }

  /// A number with a comma behind every three digits.
  private static func groupedInteger(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    if argument?.isTrue ?? true {
      if case .double(let double) = value {
        return .string(double.localizedText.withGroupedThousands)
      }
      if let integer = try value.integerOrNil() {
        return .string(integer.description.withGroupedThousands)
      }
    }
    // Whatever it is: the digits that it begins with.
    let points = CodePoints(value.text)
    let sign = points.prefix { $0 == "-" }.prefix(1)
    let digits = points.dropFirst(sign.count).prefix { $0.decimalDigit != nil }
    guard !digits.isEmpty else { return .string(String(points)) }
    return .string(
      String(sign) + String(digits).withGroupedThousands
        + String(points.dropFirst(sign.count + digits.count)))
  }

  private static let largeNumbers = [
    (6, "million"), (9, "billion"), (12, "trillion"), (15, "quadrillion"), (18, "quintillion"),
    (21, "sextillion"), (24, "septillion"), (27, "octillion"), (30, "nonillion"),
    (33, "decillion"), (100, "googol"),
  ]

  /// A million and more in words, with one digit behind the point: `1.2 million`.
  private static func wordedInteger(
    _ value: TemplateValue, _: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let integer = try value.integerOrNil() else { return value }
    let digits = integer.digits
    guard digits.count > 6,
      let (exponent, word) = largeNumbers.first(where: { digits.count <= $0.0 + 3 })
    else { return TemplateValue(integer) }
    // A literal is read with the one rounding that the division has.
    let quotient = Double("\(integer)e-\(exponent)") ?? 0
    let rounded = Decimal(shortest: quotient).rounded(toExponent: -1, .halfUp)
    return .string("\(rounded.isZero ? "0.0" : rounded.plain) \(word)")
  }

  private static func ordinal(
    _ value: TemplateValue, _: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let integer = try value.integerOrNil() else { return value }
    guard !integer.isNegative else { return .string(integer.description) }
    let digits = integer.digits
    let isTeen = digits.count > 1 && digits[digits.count - 2] == 1
    let suffix =
      switch digits.last {
      case 1 where !isTeen: "st"
      case 2 where !isTeen: "nd"
      case 3 where !isTeen: "rd"
      default: "th"
      }
    return .string(integer.description + suffix, safe: true)
  }

  private static func naturalDay(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let date: CivilDate
    let zone: Zone?
    switch value.moment.map(context.localTime) {
    case .date(let day): (date, zone) = (day, nil)
    case .dateTime(let dateTime): (date, zone) = (dateTime.date, dateTime.zone)
    case .time, nil: return value
    }
    return switch date.daysSince1970 - context.now(in: zone).date.daysSince1970 {
    case 0: .string("today")
    case 1: .string("tomorrow")
    case -1: .string("yesterday")
    default: try Self.date(.moment(.date(date)), argument, context)
    }
  }

  private static func naturalTime(
    _ value: TemplateValue, _: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    switch value.moment {
    case .date:
      throw .exception("AttributeError", "'datetime.date' object has no attribute 'utcoffset'")
    case .time, nil: return value
    case .dateTime(let dateTime):
      let now = context.now(in: dateTime.zone.map { _ in .utc })
      return .string(NaturalTime.text(dateTime, now: now))
    }
  }
}

extension TemplateValue {
  /// Python's `int(value)`; nil where it raises a `TypeError` or a `ValueError`.
  fileprivate func integerOrNil() throws(TemplateError.Reason) -> BigInteger? {
    do {
      return try integer()
    } catch let error where error.isValueOrTypeError {
      return nil
    }
  }
}
