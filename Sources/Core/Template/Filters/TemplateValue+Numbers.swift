// How filters make numbers of values: `int(value)` and `float(value)`, with their exceptions.

extension TemplateValue {
  init(_ integer: BigInteger) {
    self = integer.int.map { .integer($0) } ?? .bigInteger(integer.description)
  }

  /// Python's `int(value)`: a `ValueError`, a `TypeError` or, for infinity, an `OverflowError`.
  func integer() throws(TemplateError.Reason) -> BigInteger {
    switch self {
    case .bool(let bool): return BigInteger(bool ? 1 : 0)
    case .integer(let integer): return BigInteger(integer)
    case .bigInteger(let literal): return BigInteger(literal: literal)
    case .double(let double):
      if double.isNaN { throw .valueError("cannot convert float NaN to integer") }
      guard double.isFinite else {
        throw .exception("OverflowError", "cannot convert float infinity to integer")
      }
      return BigInteger(truncating: double)
    case .string(let text, _):
      guard let integer = BigInteger(pythonLiteral: text) else {
        throw .valueError("invalid literal for int() with base 10: \(text.pythonRepr)")
      }
      return integer
    case .none, .moment, .list, .tuple, .dictionary, .view, .namedTuple:
      throw .typeError(
        "int() argument must be a string, a bytes-like object or a real number, not '\(typeName)'")
    }
  }

  /// Python's `int(value)`, brought into the range of `Int`.
  func clampedInteger() throws(TemplateError.Reason) -> Int {
    let integer = try integer()
    return integer.int ?? (integer.isNegative ? Int.min : Int.max)
  }

  /// Python's `float(value)`.
  func number() throws(TemplateError.Reason) -> Double {
    switch self {
    case .bool(let bool): return bool ? 1 : 0
    case .integer(let integer): return Double(integer)
    case .bigInteger(let literal):
      guard let number = Double(literal), number.isFinite else {
        throw .exception("OverflowError", "int too large to convert to float")
      }
      return number
    case .double(let double): return double
    case .string(let text, _):
      guard let number = Double(pythonLiteral: text) else {
        throw .valueError("could not convert string to float: \(text.pythonRepr)")
      }
      return number
    case .none, .moment, .list, .tuple, .dictionary, .view, .namedTuple:
      throw .typeError("float() argument must be a string or a real number, not '\(typeName)'")
    }
  }
}

extension TemplateError.Reason {
  static func valueError(_ message: String) -> Self { .exception("ValueError", message) }
  static func typeError(_ message: String) -> Self { .exception("TypeError", message) }
  static func attributeError(_ value: TemplateValue, _ name: String) -> Self {
    .exception("AttributeError", "'\(value.typeName)' object has no attribute '\(name)'")
  }

  var isValueError: Bool { isException(["ValueError"]) }
  var isTypeError: Bool { isException(["TypeError"]) }
  /// What most filters catch: they return something else then.
  var isValueOrTypeError: Bool { isException(["ValueError", "TypeError"]) }

  private func isException(_ names: [String]) -> Bool {
    guard case .exception(let name, _) = self else { return false }
    return names.contains(name)
  }
}
