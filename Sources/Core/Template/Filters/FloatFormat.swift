/// What `floatformat` does: a number with so many places, half of one rounded up.
enum FloatFormat {
  /// Beyond so many digits a number is left as it is.
  private static let digitLimit = 200
  /// More places Python's decimals cannot have (`Decimal.scaleb`).
  private static let placeLimit = 2_000_054

  /// The text of the number, which is safe unless the value is left as it is.
  static func text(
    _ value: TemplateValue, _ argument: TemplateValue?
  ) throws(TemplateError.Reason) -> TemplateValue {
    let (number, suffix) = try parts(of: argument ?? .integer(-1))
    guard let literal = try literal(value) else { return .string("") }
    guard let places = try places(number), case .finite(let decimal) = literal,
      decimal.digits.count + abs(decimal.exponent) <= digitLimit
    else { return .string(value.text) }
    guard abs(max(places, -Int.max)) <= placeLimit else {
      throw .exception("InvalidOperation", "[<class 'decimal.InvalidOperation'>]")
    }
    // `u` asks for no locale, and without one there is no grouping.
    let text = text(decimal, places: places)
    return .string(suffix == "g" ? text.withGroupedThousands : text, safe: true)
  }

  /// The places that an argument gives, and its suffix: `2`, `-2`, `2g`, `2u`, `gu`.
  private static func parts(
    of argument: TemplateValue
  ) throws(TemplateError.Reason) -> (TemplateValue, suffix: String) {
    guard case .string(let text, _) = argument else { return (argument, "") }
    guard !text.isEmpty else { throw .exception("IndexError", "string index out of range") }
    let suffix = ["gu", "ug", "g", "u"].first(where: text.hasSuffix) ?? ""
    let number = String(text.unicodeScalars.dropLast(suffix.utf8.count))
    return (number.isEmpty ? .integer(-1) : .string(number), suffix)
  }

  private static func places(
    _ argument: TemplateValue
  ) throws(TemplateError.Reason) -> Int? {
    do {
      return try argument.clampedInteger()
    } catch let error where error.isValueError {
      return nil
    }
  }

  /// The value as a decimal, read from its text or else from its float.
  private static func literal(
    _ value: TemplateValue
  ) throws(TemplateError.Reason) -> DecimalLiteral? {
    if case .double(let number) = value, number.isFinite {
      return .finite(Decimal(shortest: number))
    }
    if let literal = DecimalLiteral(value.text) { return literal }
    do {
      return DecimalLiteral(try value.number().pythonText)
    } catch let error where error.isValueOrTypeError {
      return nil
    }
  }

  /// Negative `places` are shown only where the number is not whole.
  private static func text(_ number: Decimal, places: Int) -> String {
    let isWhole = places <= 0 && number.isIntegral
    var rounded = number.rounded(toExponent: isWhole ? 0 : -abs(places), .halfUp)
    if rounded.isZero { rounded.isNegative = false }
    return rounded.plain
  }
}
