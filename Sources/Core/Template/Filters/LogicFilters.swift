extension Library {
  /// The section LOGIC of `django/template/defaultfilters.py`.
  static let logicFilters = [
    Filter("default", .required) { value, argument, _ in value.isTrue ? value : argument ?? .none },
    Filter("default_if_none", .required) { value, argument, _ in
      if case .none = value { argument ?? .none } else { value }
    },
    Filter("divisibleby", .required, function: isDivisible),
    Filter("yesno", .optional, function: yesNo),
  ]

  private static func isDivisible(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let dividend = try value.integer()
    let divisor = try (argument ?? .none).integer()
    guard !divisor.isZero else {
      throw .exception("ZeroDivisionError", "integer modulo by zero")
    }
    if let dividend = dividend.int, let divisor = divisor.int {
      return .bool(dividend.isMultiple(of: divisor))
    }
    return .bool(dividend.isMultiple(of: divisor))
  }

  /// One of `yes,no,maybe`; the value itself where fewer than two words are given.
  private static func yesNo(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let words: [String]
    switch argument {
    case nil, TemplateValue.none?: words = ["yes", "no", "maybe"]
    case .string(let text, _)?: words = text.parts(separatedBy: ",")
    case let other?: throw .attributeError(other, "split")
    }
    guard words.count >= 2 else { return value }
    if case .none = value { return .string(words.count == 3 ? words[2] : words[1]) }
    return .string(value.isTrue ? words[0] : words[1])
  }
}
