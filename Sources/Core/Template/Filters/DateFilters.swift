extension Library {
  /// The section DATES of `django/template/defaultfilters.py`.
  ///
  /// A text in ISO 8601 is a date here; not so one that the template itself spells.
  static let dateFilters = [
    Filter("date", .optional, function: date),
    Filter("time", .optional, function: time),
    Filter("timesince", .optional, function: timeSince),
    Filter("timeuntil", .optional, function: timeUntil),
  ]

  static func date(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard !value.isNoneOrEmpty else { return .string("") }
    let format = DateFormat(value.moment.map(context.localTime), context)
    do throws(DateFormat.Failure) {
      return .string(try format.text(argument.format(otherwise: "DATE_FORMAT")))
    } catch {
      switch error {
      case .lacksPart: return .string("")
      case .wrongType(let message): throw .typeError(message)
      }
    }
  }

  private static func time(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) -> TemplateValue {
    guard !value.isNoneOrEmpty else { return .string("") }
    let format = DateFormat(value.moment.map(context.localTime), context)
    let text = try? format.text(argument.format(otherwise: "TIME_FORMAT"), onlyTime: true)
    return .string(text ?? "")
  }

  private static func timeSince(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let (value, now) = try times(value, argument, context) else { return .string("") }
    return .string(TimeSince.text(from: value, to: now))
  }

  private static func timeUntil(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let (value, now) = try times(value, argument, context) else { return .string("") }
    return .string(TimeSince.text(from: now, to: value))
  }

  /// The value and what it is compared with, in the zone of the value; nil where one of them has a
  /// zone and the other has none, or there is no value.
  private static func times(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> (DateTime, DateTime)? {
    guard value.isTrue else { return nil }
    let time = try value.dateTime()
    guard let argument, argument.isTrue else { return (time, context.now(in: time.zone)) }
    var now = try argument.dateTime()
    guard (now.zone == nil) == (time.zone == nil) else { return nil }
    if let zone = time.zone { now = now.converted(to: zone, naiveIn: zone) }
    return (time, now)
  }
}

extension FilterContext {
  /// The present in `zone`; the site's clock on the wall where there is none.
  func now(in zone: Zone?) -> DateTime {
    var now = DateTime(microseconds: now(), in: zone ?? defaultZone)
    now.zone = zone
    return now
  }
}

extension TemplateValue {
  /// The moment that the value is, or that a text of the context spells in ISO 8601.
  var moment: Moment? {
    switch self {
    case .moment(let moment): moment
    case .string(let text, safe: false): Moment(isoText: text)
    default: nil
    }
  }

  /// The time that the value is, a date's midnight; an `AttributeError` where it is neither.
  fileprivate func dateTime() throws(TemplateError.Reason) -> DateTime {
    switch moment {
    case .date(let date): return DateTime(date)
    case .dateTime(let dateTime): return dateTime
    case .time: throw .exception("AttributeError", "'datetime.time' object has no attribute 'year'")
    case nil: throw .attributeError(self, "year")
    }
  }

  fileprivate var isNoneOrEmpty: Bool {
    switch self {
    case .none, .string("", _): true
    default: false
    }
  }
}

extension TemplateValue? {
  /// The format that an argument gives, by its name or as it is.
  fileprivate func format(otherwise name: String) -> String {
    guard let self, self.isTrue else { return DateFormat.namedFormat(name) }
    return DateFormat.namedFormat(self.text)
  }
}
