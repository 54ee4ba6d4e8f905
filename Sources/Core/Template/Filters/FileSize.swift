/// What `filesizeformat` does: a number of bytes in the largest unit of 1024 that it reaches.
enum FileSize {
  /// The size with a no-break space before its unit; `0 bytes` where the value is no number.
  static func text(_ value: TemplateValue) throws(TemplateError.Reason) -> String {
    let bytes: BigInteger
    do {
      bytes = try value.integer()
    } catch let error where error.isValueOrTypeError {
      return "0\u{a0}bytes"
    }
    let sign = bytes.isNegative ? "-" : ""
    if let count = bytes.magnitude.int, count < 1024 {
      return "\(sign)\(count)\u{a0}byte\(count == 1 ? "" : "s")"
    }
    // Rounded once: the divisors are powers of two.
    guard let size = Double(bytes.magnitude.description), size.isFinite else {
      throw .exception("OverflowError", "integer division result too large for a float")
    }
    let units = ["KB", "MB", "GB", "TB", "PB"]
    var quotient = size / 1024
    var unit = 0
    while quotient >= 1024, unit < units.count - 1 {
      quotient /= 1024
      unit += 1
    }
    return "\(sign)\(number(quotient))\u{a0}\(units[unit])"
  }

  /// The number with one digit behind the point: rounded as a float is, then cut.
  private static func number(_ number: Double) -> String {
    let rounded = Decimal(exactly: number).rounded(toExponent: -1, .halfEven)
    let float = Decimal(shortest: Double(rounded.plain) ?? number)
    let parts = float.localizedText.parts(separatedBy: "e")
    let digits = parts[0].parts(separatedBy: ".") + ["0"]
    return digits[0] + "." + String(digits[1].prefix(1)) + (parts.count > 1 ? "e" + parts[1] : "")
  }
}
