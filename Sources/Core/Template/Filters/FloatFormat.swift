/// What `floatformat` does: a number with so many places, half of one rounded up.
struct FloatFormat {
  /// Beyond so many digits a number is left as it is.
  private static let digitLimit = 200

  /// Negative: so many places only where the number is not whole.
  private let places: Int?
  private let groupsThousands: Bool

  /// Reads `2`, `-2`, `2g`, `2u`, `gu`; places are nil where they are no number.
  init(_ argument: TemplateValue?) throws(TemplateError.Reason) {
    var argument = argument ?? .integer(-1)
    var suffix = ""
    if case .string(let text, _) = argument {
      guard !text.isEmpty else { throw .exception("IndexError", "string index out of range") }
      suffix = ["gu", "ug", "g", "u"].first { text.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) } ?? ""
      let number = String(text.unicodeScalars.dropLast(suffix.utf8.count))
      argument = number.isEmpty ? .integer(-1) : .string(number)
    }
    // `u` asks for no locale, and without one there is no grouping.
    groupsThousands = suffix == "g"
    do {
      places = try argument.clampedInteger()
    } catch where error.isValueError {
      places = nil
    }
  }

  /// The text of the number, which is safe unless the value is left as it is.
  static func text(
    _ value: TemplateValue, _ argument: TemplateValue?
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let literal = try literal(value) else {
      _ = try? FloatFormat(argument)
      return .string("")
    }
    let format = try FloatFormat(argument)
    guard case .finite(let number) = literal, let places = format.places,
      number.digits.count + abs(number.exponent) <= digitLimit
    else { return .string(value.text) }
    return .string(format.text(number, places: places), safe: true)
  }

  /// The value as a decimal, read from its text or else from its float.
  private static func literal(
    _ value: TemplateValue
  ) throws(TemplateError.Reason) -> DecimalLiteral? {
    if let literal = DecimalLiteral(value.text) { return literal }
    do {
      return DecimalLiteral(try value.number().pythonText)
    } catch where error.isValueOrTypeError {
      return nil
    }
  }

  private func text(_ number: Decimal, places: Int) -> String {
    let isWhole = places <= 0 && number.isIntegral
    var rounded = number.rounded(toExponent: isWhole ? 0 : -abs(places), .halfUp)
    if rounded.isZero { rounded.isNegative = false }
    return groupsThousands ? rounded.plain.withGroupedThousands : rounded.plain
  }
}
