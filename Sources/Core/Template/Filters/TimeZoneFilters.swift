extension Library {
  /// The filters of `{% load tz %}` (`django/templatetags/tz.py`).
  package static let timeZoneFilters = [
    Filter("localtime") { value, _, context in value.converted(to: context.zone, context) },
    Filter("utc") { value, _, context in value.converted(to: .utc, context) },
    Filter("timezone", .required, function: inZone),
  ]

  private static func inZone(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard case .dateTime = value.moment, case .string(let name, _)? = argument else {
      return .string("")
    }
    guard Zone.isKey(name) else {
      throw .valueError("ZoneInfo keys must be normalized relative paths, got: \(name)")
    }
    return Zone(named: name).map { value.converted(to: $0, context) } ?? .string("")
  }
}

extension TemplateValue {
  /// The time in `zone`, which rendering leaves; the empty string where the value is no time.
  fileprivate func converted(to zone: Zone, _ context: FilterContext) -> TemplateValue {
    guard case .dateTime(let dateTime) = moment else { return .string("") }
    var converted = dateTime.converted(to: zone, naiveIn: context.defaultZone)
    converted.convertsToLocalTime = false
    // As in Django, which of two equal times it was is lost.
    converted.isFolded = false
    return .moment(.dateTime(converted))
  }
}
