extension TemplateValue {
  /// Python's `str(value)`.
  package var text: String {
    switch self {
    case .none: "None"
    case .bool(let bool): bool ? "True" : "False"
    case .integer(let integer): String(integer)
    case .bigInteger(let literal): literal
    case .double(let double): double.pythonText
    case .string(let text, _): text
    case .moment(let moment): moment.text
    case .list, .tuple, .dictionary, .view, .namedTuple: repr
    }
  }

  /// Python's `repr(value)`.
  package var repr: String {
    switch self {
    case .none, .bool, .integer, .bigInteger, .double: text
    case .string(let text, _): text.pythonRepr
    case .moment(let moment): moment.repr
    case .list(let elements): "[\(Self.reprs(elements))]"
    case .tuple(let elements): "(\(Self.reprs(elements))\(elements.count == 1 ? "," : ""))"
    case .dictionary(let mapping): "{\(Self.reprs(mapping, separator: ": ", key: \.pythonRepr))}"
    case .view(let view, let elements): "\(view.rawValue)([\(Self.reprs(elements))])"
    case .namedTuple(let name, let fields): "\(name)(\(Self.reprs(fields, separator: "=") { $0 }))"
    }
  }

  /// The text of the value where a template prints it, before escaping.
  ///
  /// Times are in the current zone, numbers and times in the English form (`render_value_in_context`
  /// in `django/template/base.py`).
  package func localizedText(_ context: FilterContext) -> String {
    switch self {
    case .double(let double) where context.localizes: double.localizedText
    case .moment(let moment): DateFormat(context.localTime(moment), context).localizedText
    default: text
    }
  }

  private static func reprs(_ elements: [TemplateValue]) -> String {
    elements.map(\.repr).joined(separator: ", ")
  }

  private static func reprs(
    _ mapping: Mapping, separator: String, key: (String) -> String
  ) -> String {
    mapping.members.map { key($0.key) + separator + $0.value.repr }.joined(separator: ", ")
  }
}

extension FilterContext {
  /// The moment in the current zone, unless it is naive or a filter chose its zone
  /// (`django/utils/timezone.py`, `template_localtime`).
  func localTime(_ moment: Moment) -> Moment {
    guard usesLocalTime, case .dateTime(let dateTime) = moment, dateTime.zone != nil,
      dateTime.convertsToLocalTime
    else { return moment }
    return .dateTime(dateTime.converted(to: zone, naiveIn: defaultZone))
  }
}

extension String {
  /// The text as a Python literal: `'it'`, `"it's"`, `'\n'` (`str.__repr__`).
  var pythonRepr: String {
    let points = unicodeScalars
    let quote: Unicode.Scalar = points.contains("'") && !points.contains("\"") ? "\"" : "'"
    var literal = Array(String(quote).utf8)
    for point in points {
      switch point {
      case "\\", quote: literal += "\\\(point)".utf8
      case "\n": literal += "\\n".utf8
      case "\r": literal += "\\r".utf8
      case "\t": literal += "\\t".utf8
      case _ where point.isPrintable: literal.append(point)
      default: literal += point.pythonEscape.utf8
      }
    }
    literal.append(quote)
    return String(decoding: literal, as: UTF8.self)
  }
}

extension Unicode.Scalar {
  /// The code point as `\x1b`, `\u200b` or `\U000e0001`.
  var pythonEscape: String {
    let (letter, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
    let digits = String(value, radix: 16)
    return "\\" + letter + String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
