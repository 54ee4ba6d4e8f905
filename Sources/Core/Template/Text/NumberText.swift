extension Double {
  /// The number as Python prints it: `6.0`, `1e+16`, `1e-05`, `inf`, `nan` (`float.__repr__`).
  var pythonText: String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    // Where Python writes no exponent, Swift prints the same.
    if isZero || 1e-4..<0x1p53 ~= magnitude { return description }
    return Decimal(shortest: self).withoutTrailingZeros.scientific(exponentDigits: 2)
  }

  /// The number as `{{ value }}` shows it in English: never an exponent, unless it takes more than
  /// 200 digits (`django/utils/numberformat.py`).
  var localizedText: String {
    let text = pythonText
    guard text.utf8.contains(UInt8(ascii: "e")) else { return text }
    return Decimal(shortest: self).withoutTrailingZeros.localizedText
  }
}

extension Decimal {
  /// See `Double.localizedText`.
  var localizedText: String {
    abs(exponent) + digits.count > 200 ? scientific(exponentDigits: 1) : plain
  }

  fileprivate var withoutTrailingZeros: Decimal {
    let zeros = digits.reversed().prefix { $0 == 0 }.count
    guard zeros > 0, !isZero else { return self }
    return Decimal(
      isNegative: isNegative, digits: digits.dropLast(zeros), exponent: exponent + zeros)
  }
}

extension String {
  /// Groups the digits of a number in front of its point: `-12345.5` becomes `-12,345.5`.
  var withGroupedThousands: String {
    let isNegative = utf8.first == UInt8(ascii: "-")
    let magnitude = Array(utf8.dropFirst(isNegative ? 1 : 0))
    let whole = magnitude.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "e") }
    var grouped: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(digit)
    }
    return String(decoding: grouped + magnitude[whole.count...], as: UTF8.self)
  }
}
