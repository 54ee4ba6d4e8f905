extension Library {
  /// The section LISTS of `django/template/defaultfilters.py`.
  static let listFilters = [
    Filter("dictsort", .required) { value, argument, _ throws(TemplateError.Reason) in
      try DictionarySort.sorted(value, by: argument ?? .none, isReversed: false)
    },
    Filter("dictsortreversed", .required) { value, argument, _ throws(TemplateError.Reason) in
      try DictionarySort.sorted(value, by: argument ?? .none, isReversed: true)
    },
    Filter("first") { value, _, _ throws(TemplateError.Reason) in
      if case .string(let text, _) = value { return .string(String(text.unicodeScalars.prefix(1))) }
      return try value.subscriptable().first ?? .string("")
    },
    Filter("last", isSafe: true) { value, _, _ throws(TemplateError.Reason) in
      if case .string(let text, _) = value { return .string(String(text.unicodeScalars.suffix(1))) }
      return try value.subscriptable(index: -1).last ?? .string("")
    },
    Filter("random", isSafe: true, function: random),
    Filter("join", .required, isSafe: true, function: join),
    Filter("length") { value, _, _ in .integer(value.count ?? 0) },
    Filter("slice", .required, isSafe: true) { value, argument, _ in
      PythonSlice((argument ?? .none).text)?.applied(to: value) ?? value
    },
    Filter("unordered_list", isSafe: true) { value, _, context throws(TemplateError.Reason) in
      .string(
        try UnorderedList(autoescape: context.autoescape).items(of: value, indent: "\t"),
        safe: true)
    },
  ]

  private static func random(
    _ value: TemplateValue, _: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let count = value.count else {
      throw .typeError("object of type '\(value.typeName)' has no len()")
    }
    return count == 0 ? .string("") : try value.subscriptable().randomElement() ?? .none
  }

  private static func join(
    _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let argument = argument ?? .none
    if context.autoescape {
      guard let elements = value.elements else { return value }
      let separator = argument.conditionallyEscaped
      return .string(
        elements.map(\.conditionallyEscaped).joined(separator: separator), safe: true)
    }
    guard case .string(let separator, _) = argument else { throw .attributeError(argument, "join") }
    // Python's `join` takes nothing but strings.
    let texts = value.elements?.compactMap(\.string)
    guard let texts, texts.count == value.count else { return value }
    return .string(texts.joined(separator: separator), safe: true)
  }
}

extension TemplateValue {
  /// The elements behind `value[0]` or `value[-1]`: a dictionary has no such key.
  func subscriptable(index: Int = 0) throws(TemplateError.Reason) -> [TemplateValue] {
    switch self {
    case .list, .tuple, .namedTuple, .string: return elements ?? []
    case .dictionary: throw .exception("KeyError", "\(index)")
    case .none, .bool, .integer, .bigInteger, .double, .moment, .view:
      throw .typeError("'\(typeName)' object is not subscriptable")
    }
  }

  fileprivate var string: String? {
    if case .string(let text, _) = self { text } else { nil }
  }

  /// The text, escaped unless it is safe (`django/utils/html.py`, `conditional_escape`).
  var conditionallyEscaped: String { isSafe ? text : text.htmlEscaped }
}
