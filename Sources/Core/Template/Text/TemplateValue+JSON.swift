extension TemplateValue {
  /// The value as JSON, in ASCII, as `json.dumps` writes it with Django's encoder
  /// (`django/core/serializers/json.py`).
  func json() throws(TemplateError.Reason) -> String {
    switch self {
    case .none: return "null"
    case .bool(let bool): return bool ? "true" : "false"
    case .integer, .bigInteger: return text
    case .double(let double): return double.pythonJSON
    case .string(let text, _): return text.pythonJSON
    case .moment(let moment): return moment.jsonText.pythonJSON
    case .list, .tuple, .namedTuple:
      var items: [String] = []
      for element in elements ?? [] { items.append(try element.json()) }
      return "[" + items.joined(separator: ", ") + "]"
    case .dictionary(let mapping):
      var items: [String] = []
      for (key, value) in mapping.members {
        items.append(key.pythonJSON + ": " + (try value.json()))
      }
      return "{" + items.joined(separator: ", ") + "}"
    case .view(let view, _):
      throw .typeError("Object of type \(view.rawValue) is not JSON serializable")
    }
  }
}

extension Moment {
  /// In ISO 8601 with milliseconds, UTC being `Z`.
  fileprivate var jsonText: String {
    switch self {
    case .date(let date): return date.isoText
    case .time(let time): return time.millisecondText
    case .dateTime(let dateTime):
      let zone = dateTime.period.map { ZonePeriod.offsetText($0.offset, separator: ":") } ?? ""
      return dateTime.date.isoText + "T" + dateTime.time.millisecondText
        + (zone == "+00:00" ? "Z" : zone)
    }
  }
}

extension TimeOfDay {
  fileprivate var millisecondText: String {
    String(isoText.prefix(microsecond == 0 ? 8 : 12))
  }
}
