extension PercentFormat.Specifier {
  /// The value as the specifier has it.
  func text(_ value: TemplateValue) throws(TemplateError.Reason) -> String {
    switch conversion {
    case "s": return padded(cut(value.text))
    case "r": return padded(cut(value.repr))
    case "a": return padded(cut(value.repr.pythonASCII))
    case "c": return padded(try character(value))
    case "d", "i", "u": return signed(try decimal(value), digits: \.description)
    case "o": return signed(try integral(value), prefix: "0o") { $0.digits(radix: 8) }
    case "x": return signed(try integral(value), prefix: "0x") { $0.digits(radix: 16) }
    case "X":
      return signed(try integral(value), prefix: "0X") { $0.digits(radix: 16).uppercased() }
    case "e", "E", "f", "F", "g", "G": return float(try real(value))
    default:
      throw .valueError("unsupported format character '\(conversion)'")
    }
  }

  private func cut(_ text: String) -> String {
    precision.map { String(text.unicodeScalars.prefix($0)) } ?? text
  }

  private func padded(_ text: String) -> String {
    let padding = String(repeating: " ", count: max(0, width - text.length))
    return flags.contains("-") ? text + padding : padding + text
  }

  /// Puts the sign in front; zeros go between the two.
  private func padded(sign: String, _ digits: String) -> String {
    guard flags.contains("0"), !flags.contains("-") else { return padded(sign + digits) }
    let zeros = max(0, width - sign.length - digits.length)
    return sign + String(repeating: "0", count: zeros) + digits
  }

  private func sign(isNegative: Bool) -> String {
    isNegative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
  }
}

// MARK: Integers

extension PercentFormat.Specifier {
  private func character(_ value: TemplateValue) throws(TemplateError.Reason) -> String {
    switch value {
    case .string(let text, _) where text.length == 1: return text
    case .integer, .bigInteger, .bool:
      guard let code = UInt32(exactly: try value.clampedInteger()), code < 0x110000 else {
        throw .exception("OverflowError", "%c arg not in range(0x110000)")
      }
      return Unicode.Scalar(code).map { String($0) } ?? "\u{fffd}"
    default: throw .typeError("%c requires int or char")
    }
  }

  private func decimal(_ value: TemplateValue) throws(TemplateError.Reason) -> BigInteger {
    guard value.isNumber else {
      throw .typeError("%\(conversion) format: a real number is required, not \(value.typeName)")
    }
    return try value.integer()
  }

  private func integral(_ value: TemplateValue) throws(TemplateError.Reason) -> BigInteger {
    if case .double = value {
      throw .typeError("%\(conversion) format: an integer is required, not float")
    }
    return try decimal(value)
  }

  private func signed(
    _ integer: BigInteger, prefix: String = "", digits: (BigInteger) -> String
  ) -> String {
    let digits = digits(integer.magnitude)
    let zeros = String(repeating: "0", count: max(0, (precision ?? 0) - digits.length))
    return padded(
      sign: sign(isNegative: integer.isNegative) + (flags.contains("#") ? prefix : ""),
      zeros + digits)
  }
}

// MARK: Floats

extension PercentFormat.Specifier {
  private func real(_ value: TemplateValue) throws(TemplateError.Reason) -> Double {
    guard value.isNumber else {
      throw .typeError("must be real number, not \(value.typeName)")
    }
    return try value.number()
  }

  private func float(_ number: Double) -> String {
    let text = number.isFinite ? finite(number) : number.isNaN ? "nan" : "inf"
    let isUppercase = conversion.properties.isUppercase
    return padded(
      sign: sign(isNegative: number.sign == .minus && !number.isNaN),
      isUppercase ? text.uppercased() : text)
  }

  /// The magnitude's digits.
  private func finite(_ number: Double) -> String {
    let decimal = Decimal(exactly: number.magnitude)
    let precision = precision ?? 6
    switch conversion {
    case "f", "F":
      return withPoint(decimal.rounded(toExponent: -precision, .halfEven).plain)
    case "e", "E":
      return withPoint(decimal.rounded(toDigits: precision + 1).scientific(exponentDigits: 2))
    default:
      let rounded = decimal.rounded(toDigits: max(precision, 1))
      let exponent = decimal.isZero ? 0 : rounded.adjustedExponent
      let isFixed = -4..<max(precision, 1) ~= exponent
      let text = isFixed ? rounded.fixed : rounded.scientific(exponentDigits: 2)
      return flags.contains("#") ? withPoint(text) : text.withoutFractionZeros
    }
  }

  /// With `#` there is a point even if nothing follows it.
  private func withPoint(_ text: String) -> String {
    guard flags.contains("#"), !text.utf8.contains(UInt8(ascii: ".")) else { return text }
    let parts = text.parts(separatedBy: "e")
    return parts.count == 2 ? "\(parts[0]).e\(parts[1])" : text + "."
  }
}

extension Decimal {
  /// `plain`, also where the last digit stands before the point.
  fileprivate var fixed: String {
    exponent <= 0 ? plain : rounded(toExponent: 0, .halfEven).plain
  }
}

extension String {
  /// The number without the zeros that end its fraction.
  fileprivate var withoutFractionZeros: String {
    let parts = parts(separatedBy: "e")
    guard parts[0].utf8.contains(UInt8(ascii: ".")) else { return self }
    var digits = Array(parts[0].utf8)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.last == UInt8(ascii: ".") { digits.removeLast() }
    return String(decoding: digits, as: UTF8.self) + (parts.count == 2 ? "e" + parts[1] : "")
  }

  /// A `repr` with all but ASCII escaped (`ascii`).
  var pythonASCII: String {
    unicodeScalars.reduce(into: "") { $0 += $1.isASCII ? String($1) : $1.pythonEscape }
  }
}

extension TemplateValue {
  fileprivate var isNumber: Bool {
    switch self {
    case .bool, .integer, .bigInteger, .double: true
    default: false
    }
  }
}
