/// An integer of any size, with the little arithmetic that filters do.
///
/// The magnitude is kept in base 10⁹, since most of what is asked of it is its decimal digits.
struct BigInteger: Equatable, Sendable {
  private static let base: UInt64 = 1_000_000_000
  private static let digitsPerLimb = 9

  private(set) var isNegative: Bool
  /// Least significant first; none is zero at the end, so zero has none.
  private var limbs: [UInt64]

  private init(isNegative: Bool, limbs: [UInt64]) {
    let count = (limbs.lastIndex { $0 != 0 } ?? -1) + 1
    self.limbs = Array(limbs[..<count])
    self.isNegative = isNegative && count > 0
  }

  init(_ integer: Int) {
    var limbs: [UInt64] = []
    var rest = UInt64(integer.magnitude)
    while rest > 0 {
      limbs.append(rest % Self.base)
      rest /= Self.base
    }
    self.init(isNegative: integer < 0, limbs: limbs)
  }

  /// The whole part of a finite number (`int(float)`).
  init(truncating number: Double) {
    self = BigInteger(0)
    guard number.magnitude >= 1 else { return }
    let shift = Int(number.exponent) - Double.significandBitCount
    let significand = number.magnitude.significandBitPattern | 1 << Double.significandBitCount
    self = BigInteger(Int(shift < 0 ? significand >> UInt64(-shift) : significand))
    for _ in 0..<max(shift, 0) { multiply(by: 2) }
    isNegative = number < 0
  }

  /// Reads decimal digits, most significant first, each 0 to 9.
  init(isNegative: Bool, digits: some BidirectionalCollection<UInt8>) {
    var limbs: [UInt64] = []
    var scale = Self.base
    for digit in digits.reversed() {
      if scale == Self.base {
        limbs.append(0)
        scale = 1
      }
      limbs[limbs.count - 1] += UInt64(digit) * scale
      scale *= 10
    }
    self.init(isNegative: isNegative, limbs: limbs)
  }

  /// Reads a JSON integer: digits with perhaps a minus before them.
  init(literal: String) {
    let digits = Array(literal.utf8).drop { $0 == UInt8(ascii: "-") }
    self.init(
      isNegative: literal.utf8.first == UInt8(ascii: "-"),
      digits: digits.map { $0 - UInt8(ascii: "0") })
  }
}

// MARK: Text

extension BigInteger: CustomStringConvertible {
  /// The decimal digits of the magnitude, most significant first, each 0 to 9; of zero, `[0]`.
  var digits: [UInt8] {
    var digits: [UInt8] = []
    for var limb in limbs {
      for _ in 0..<Self.digitsPerLimb {
        digits.append(UInt8(limb % 10))
        limb /= 10
      }
    }
    let count = (digits.lastIndex { $0 != 0 } ?? -1) + 1
    return count == 0 ? [0] : digits[..<count].reversed()
  }

  var description: String {
    (isNegative ? "-" : "") + String(decimalDigits: digits)
  }

  /// The digits of the magnitude in a `radix` of at most 16, in lower case.
  func digits(radix: UInt64) -> String {
    var rest = self
    var digits: [UInt8] = []
    repeat {
      digits.append(UInt8(rest.divide(by: radix)))
    } while !rest.limbs.isEmpty
    return digits.reversed().map { String($0, radix: 16) }.joined()
  }

  var int: Int? {
    guard limbs.count < 3 else { return Int(description) }
    let magnitude = limbs.reversed().reduce(0) { $0 * Int(Self.base) + Int($1) }
    return isNegative ? -magnitude : magnitude
  }
}

extension String {
  /// Writes digits, each 0 to 9.
  init(decimalDigits: some Sequence<UInt8>) {
    self.init(decoding: decimalDigits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }
}

// MARK: Arithmetic

extension BigInteger {
  var isZero: Bool { limbs.isEmpty }

  var magnitude: BigInteger { BigInteger(isNegative: false, limbs: limbs) }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if left.isNegative == right.isNegative {
      return BigInteger(isNegative: left.isNegative, limbs: sum(left.limbs, right.limbs))
    }
    return left.magnitude < right.magnitude
      ? BigInteger(isNegative: right.isNegative, limbs: difference(right.limbs, left.limbs))
      : BigInteger(isNegative: left.isNegative, limbs: difference(left.limbs, right.limbs))
  }

  private static func sum(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var carry: UInt64 = 0
    var limbs: [UInt64] = []
    for index in 0..<max(left.count, right.count) {
      carry += (index < left.count ? left[index] : 0) + (index < right.count ? right[index] : 0)
      limbs.append(carry % base)
      carry /= base
    }
    return limbs + [carry]
  }

  /// The difference of two magnitudes, of which the left is not the smaller.
  private static func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var borrow: UInt64 = 0
    var limbs: [UInt64] = []
    for index in left.indices {
      let subtrahend = (index < right.count ? right[index] : 0) + borrow
      borrow = left[index] < subtrahend ? 1 : 0
      limbs.append(left[index] + borrow * base - subtrahend)
    }
    return limbs
  }

  /// Whether dividing by `divisor`, which is not zero, leaves nothing.
  func isMultiple(of divisor: BigInteger) -> Bool {
    let divisor = divisor.magnitude
    var remainder = BigInteger(0)
    for digit in digits {
      remainder.multiply(by: 10)
      remainder = remainder + BigInteger(Int(digit))
      while !(remainder < divisor) {
        remainder.limbs = Self.difference(remainder.limbs, divisor.limbs)
        remainder = remainder.magnitude
      }
    }
    return remainder.isZero
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      carry += limbs[index] * factor
      limbs[index] = carry % Self.base
      carry /= Self.base
    }
    if carry > 0 { limbs.append(carry) }
  }

  /// Divides the magnitude and returns the remainder.
  private mutating func divide(by divisor: UInt64) -> UInt64 {
    var remainder: UInt64 = 0
    for index in limbs.indices.reversed() {
      let dividend = remainder * Self.base + limbs[index]
      limbs[index] = dividend / divisor
      remainder = dividend % divisor
    }
    self = BigInteger(isNegative: isNegative, limbs: limbs)
    return remainder
  }
}

extension BigInteger: Comparable {
  static func < (left: BigInteger, right: BigInteger) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    let (low, high) = left.isNegative ? (right.limbs, left.limbs) : (left.limbs, right.limbs)
    guard low.count == high.count else { return low.count < high.count }
    return low.reversed().lexicographicallyPrecedes(high.reversed())
  }
}
