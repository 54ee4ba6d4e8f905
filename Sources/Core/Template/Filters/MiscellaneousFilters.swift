extension Library {
  /// The section MISC of `django/template/defaultfilters.py`, and `floatformat`.
  static let miscellaneousFilters = [
    Filter("filesizeformat", isSafe: true) { value, _, _ throws(TemplateError.Reason) in
      .string(try FileSize.text(value))
    },
    Filter("floatformat", .optional, isSafe: true) {
      value, argument, _ throws(TemplateError.Reason) in
      try FloatFormat.text(value, argument)
    },
    Filter("phone2numeric", isSafe: true, function: phoneDigits),
    Filter("pluralize", .optional, function: pluralSuffix),
    Filter("pprint", isSafe: true) { value, _, _ in .string(PrettyPrinter.text(value)) },
  ]

  /// The letters on the keys of a telephone.
  private static let phoneKeys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]

  private static func phoneDigits(
    _ value: TemplateValue, _: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard case .string(let text, _) = value else { throw .attributeError(value, "lower") }
    let digits = text.inLowerCase.unicodeScalars.map { letter in
      phoneKeys.firstIndex { $0.unicodeScalars.contains(letter) }.map { "\($0 + 2)" }
        ?? String(letter)
    }
    return .string(digits.joined())
  }

  /// The suffix for one, or for any other number or length.
  private static func pluralSuffix(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard case .string(let suffix, _) = argument ?? .string("s") else {
      throw .typeError("argument of type '\(argument?.typeName ?? "")' is not iterable")
    }
    var suffixes = suffix.parts(separatedBy: ",")
    if suffixes.count == 1 { suffixes.insert("", at: 0) }
    guard suffixes.count == 2 else { return .string("") }
    do {
      return .string(try value.number() == 1 ? suffixes[0] : suffixes[1])
    } catch let error where error.isTypeError {
      return .string(value.count.map { $0 == 1 ? suffixes[0] : suffixes[1] } ?? "")
    } catch let error where error.isValueError {
      return .string("")
    }
  }
}
