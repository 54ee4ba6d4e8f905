/// A finite decimal number: `digits × 10^exponent` (`_pydecimal.py`, as far as filters need it).
///
/// Trailing zeros count: `1.0` and `1.00` are different values here, as they are in Python.
struct Decimal: Equatable, Sendable {
  enum Rounding {
    /// A tie goes away from zero (`ROUND_HALF_UP`).
    case halfUp
    /// A tie goes to the even digit, as floats are printed.
    case halfEven
  }

  var isNegative: Bool
  /// Most significant first, each 0 to 9; no zero leads, and zero is `[0]`.
  private(set) var digits: [UInt8]
  private(set) var exponent: Int

  init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    self.isNegative = isNegative
    let leading = digits.firstIndex { $0 != 0 } ?? digits.count
    self.digits = leading == digits.count ? [0] : Array(digits[leading...])
    self.exponent = exponent
  }

  /// The exact value of a finite number: every digit of it, not the shortest that reads back.
  init(exactly number: Double) {
    let bias = Double.significandBitCount + (1 << (Double.exponentBitCount - 1)) - 1
    let isNormal = number.exponentBitPattern > 0
    var binary = max(Int(number.exponentBitPattern), 1) - bias
    var integer = BigInteger(
      Int(number.significandBitPattern | (isNormal ? 1 << Double.significandBitCount : 0)))
    // A half is five tenths: each binary place behind the point is a decimal one.
    for _ in 0..<abs(binary) { integer.multiply(by: binary < 0 ? 5 : 2) }
    if binary > 0 { binary = 0 }
    self.init(isNegative: number.sign == .minus, digits: integer.digits, exponent: binary)
  }

  /// The shortest digits that read back as this finite number.
  init(shortest number: Double) {
    if case .finite(let decimal)? = DecimalLiteral(number.description) {
      self = decimal
    } else {
      self.init(exactly: number)
    }
  }

  var isZero: Bool { digits == [0] }

  var isIntegral: Bool {
    exponent >= 0 || isZero
      || digits.suffix(-exponent).allSatisfy { $0 == 0 } && -exponent < digits.count
  }

  /// The exponent of the first digit, as scientific notation writes it.
  var adjustedExponent: Int { exponent + digits.count - 1 }

  /// The number with its last digit at `10^exponent`: zeros are added, or digits rounded away.
  func rounded(toExponent target: Int, _ rounding: Rounding) -> Decimal {
    guard target > exponent else {
      let zeros = isZero ? [] : [UInt8](repeating: 0, count: exponent - target)
      return Decimal(isNegative: isNegative, digits: digits + zeros, exponent: target)
    }
    let kept = digits.dropLast(target - exponent)
    let padding = [UInt8](repeating: 0, count: max(0, target - exponent - digits.count))
    let dropped = padding + digits.suffix(target - exponent)
    let isTie = dropped[0] == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
    let roundsUp =
      isTie && rounding == .halfEven ? (kept.last ?? 0) % 2 == 1 : dropped[0] >= 5
    let integer = BigInteger(isNegative: false, digits: kept) + BigInteger(roundsUp ? 1 : 0)
    return Decimal(isNegative: isNegative, digits: integer.digits, exponent: target)
  }

  /// The number with `count` digits, at least one, the first of which is not zero.
  func rounded(toDigits count: Int) -> Decimal {
    if isZero { return Decimal(isNegative: isNegative, digits: [0], exponent: 1 - count) }
    let rounded = rounded(toExponent: adjustedExponent - count + 1, .halfEven)
    // 9.99 became 10.0: one digit too many, a zero.
    return rounded.digits.count > count
      ? rounded.rounded(toExponent: rounded.exponent + 1, .halfEven) : rounded
  }

  /// Without exponent, with the zeros it has behind the point (`format(…, "f")`).
  var plain: String {
    let sign = isNegative ? "-" : ""
    if exponent >= 0 {
      return sign + String(decimalDigits: digits)
        + String(repeating: "0", count: isZero ? 0 : exponent)
    }
    let zeros = [UInt8](repeating: 0, count: max(0, 1 - exponent - digits.count))
    let padded = zeros + digits
    return sign + String(decimalDigits: padded.dropLast(-exponent)) + "."
      + String(decimalDigits: padded.suffix(-exponent))
  }

  /// One digit, the others behind the point, and a signed exponent of at least `exponentDigits`
  /// digits (`format(…, "e")`).
  func scientific(exponentDigits: Int) -> String {
    // Zero has no first digit that counts: its places are all behind the point.
    let digits = isZero ? [UInt8](repeating: 0, count: max(1, 1 - exponent)) : digits
    let power = isZero ? 0 : adjustedExponent
    let fraction = digits.count > 1 ? "." + String(decimalDigits: digits.dropFirst()) : ""
    let exponent = power.magnitude.description
    let padding = String(repeating: "0", count: max(0, exponentDigits - exponent.utf8.count))
    return (isNegative ? "-" : "") + String(decimalDigits: digits.prefix(1)) + fraction
      + (power < 0 ? "e-" : "e+") + padding + exponent
  }
}
