extension Library {
  /// The filters of `{% load tz %}` (`django/templatetags/tz.py`).
  package static let timeZoneFilters = [
    Filter("localtime") { value, _, context in value.converted(to: context.zone, context) },
    Filter("utc") { value, _, context in value.converted(to: .utc, context) },
    Filter("timezone", .required) { value, argument, context in
      guard case .string(let name, _)? = argument, let zone = Zone(named: name) else {
        return .string("")
      }
      return value.converted(to: zone, context)
    },
  ]
}

extension TemplateValue {
  /// The time in `zone`, which rendering leaves; the empty string where the value is no time.
  fileprivate func converted(to zone: Zone, _ context: FilterContext) -> TemplateValue {
    guard case .dateTime(let dateTime) = moment else { return .string("") }
    var converted = dateTime.converted(to: zone, naiveIn: context.defaultZone)
    converted.convertsToLocalTime = false
    return .moment(.dateTime(converted))
  }
}
