extension TemplateValue {
  /// The value as JSON, in ASCII, as `json.dumps` writes it with Django's encoder
  /// (`django/core/serializers/json.py`).
  func json() throws(TemplateError.Reason) -> String {
    switch self {
    case .none: return "null"
    case .bool(let bool): return bool ? "true" : "false"
    case .integer, .bigInteger: return text
    case .double(let double): return double.jsonText
    case .string(let text, _): return text.jsonLiteral
    case .moment(let moment): return moment.jsonText.jsonLiteral
    case .list, .tuple, .namedTuple:
      var items: [String] = []
      for element in elements ?? [] { items.append(try element.json()) }
      return "[" + items.joined(separator: ", ") + "]"
    case .dictionary(let mapping):
      var items: [String] = []
      for (key, value) in mapping.members {
        items.append(key.jsonLiteral + ": " + (try value.json()))
      }
      return "{" + items.joined(separator: ", ") + "}"
    case .view(let view, _):
      throw .typeError("Object of type \(view.rawValue) is not JSON serializable")
    }
  }
}

extension Double {
  var jsonText: String {
    isFinite ? pythonText : isNaN ? "NaN" : self < 0 ? "-Infinity" : "Infinity"
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

extension String {
  /// The text as a JSON string, all but ASCII escaped.
  var jsonLiteral: String {
    var literal = [UInt8(ascii: "\"")]
    for unit in utf16 {
      switch unit {
      case 0x22: literal += "\\\"".utf8
      case 0x5c: literal += "\\\\".utf8
      case 0x0a: literal += "\\n".utf8
      case 0x0d: literal += "\\r".utf8
      case 0x09: literal += "\\t".utf8
      case 0x08: literal += "\\b".utf8
      case 0x0c: literal += "\\f".utf8
      case 0x20..<0x7f: literal.append(UInt8(unit))
      default:
        literal += "\\u".utf8
        for byte in [UInt8(unit >> 8), UInt8(unit & 0xff)] { literal.append(hexadecimal: byte) }
      }
    }
    literal.append(UInt8(ascii: "\""))
    return String(decoding: literal, as: UTF8.self)
  }
}
