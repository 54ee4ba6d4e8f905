// What `int`, `float` and `Decimal` read from a string: white space around it, digits of any
// script, underscores between digits.

extension BigInteger {
  /// Python refuses to convert longer ones (`sys.get_int_max_str_digits`).
  private static let digitLimit = 4300

  /// Reads what `int(str)` reads.
  init?(pythonLiteral text: String) {
    guard let text = text.numberText, let digits = text.withoutUnderscores else { return nil }
    let isSigned = digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+")
    let magnitude = digits.dropFirst(isSigned ? 1 : 0)
    guard !magnitude.isEmpty, magnitude.count <= Self.digitLimit,
      magnitude.allSatisfy(\.isASCIIDigit)
    else { return nil }
    self.init(
      isNegative: digits.first == UInt8(ascii: "-"),
      digits: magnitude.map { $0 - UInt8(ascii: "0") })
  }
}

extension Double {
  /// Reads what `float(str)` reads; too large a number is infinite.
  init?(pythonLiteral text: String) {
    guard let text = text.numberText, let number = text.withoutUnderscores,
      let literal = DecimalLiteral(ascii: number)
    else { return nil }
    switch literal {
    case .finite: self.init(String(decoding: number, as: UTF8.self))
    case .infinity(let isNegative): self = isNegative ? -.infinity : .infinity
    case .nan(let isPlain):
      guard isPlain else { return nil }
      self = .nan
    }
  }
}

/// What `Decimal(str)` reads.
enum DecimalLiteral: Equatable {
  case finite(Decimal)
  case infinity(isNegative: Bool)
  /// `float` reads only the plain one, without a payload and not signalling.
  case nan(isPlain: Bool)

  init?(_ text: String) {
    guard let text = text.numberText else { return nil }
    self.init(ascii: text.filter { $0 != UInt8(ascii: "_") })
  }

  fileprivate init?(ascii text: [UInt8]) {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if let special = Self(word: rest, isNegative: isNegative) {
      self = special
      return
    }
    let whole = rest.takeDigits()
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.takeDigits()
    }
    guard !(whole.isEmpty && fraction.isEmpty), let exponent = rest.takeExponent(), rest.isEmpty
    else { return nil }
    self = .finite(
      Decimal(
        isNegative: isNegative, digits: (whole + fraction).map { $0 - UInt8(ascii: "0") },
        exponent: exponent - fraction.count))
  }

  private init?(word: ArraySlice<UInt8>, isNegative: Bool) {
    let lowercase = String(decoding: word, as: UTF8.self).lowercased()
    switch lowercase {
    case "inf", "infinity": self = .infinity(isNegative: isNegative)
    case "nan": self = .nan(isPlain: true)
    default:
      guard let payload = ["nan", "snan"].first(where: lowercase.hasPrefix),
        lowercase.utf8.dropFirst(payload.utf8.count).allSatisfy(\.isASCIIDigit)
      else { return nil }
      self = .nan(isPlain: false)
    }
  }
}

extension String {
  /// The stripped text with digits of any script as ASCII; nil where something else is not ASCII.
  fileprivate var numberText: [UInt8]? {
    var bytes: [UInt8] = []
    for point in unicodeScalars.drop(while: \.isWhiteSpace) {
      if point.isASCII {
        bytes.append(UInt8(point.value))
      } else if let digit = point.decimalDigit {
        bytes.append(UInt8(ascii: "0") + UInt8(digit))
      } else if point.isWhiteSpace {
        bytes.append(UInt8(ascii: " "))
      } else {
        return nil
      }
    }
    while let last = bytes.last, Unicode.Scalar(last).isWhiteSpace { bytes.removeLast() }
    return bytes
  }
}

extension [UInt8] {
  /// The text without its underscores; nil where one does not stand between two digits.
  fileprivate var withoutUnderscores: [UInt8]? {
    for (index, byte) in enumerated() where byte == UInt8(ascii: "_") {
      guard index > 0, index + 1 < count, self[index - 1].isASCIIDigit, self[index + 1].isASCIIDigit
      else { return nil }
    }
    return filter { $0 != UInt8(ascii: "_") }
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func takeDigits() -> ArraySlice<UInt8> {
    let digits = prefix(while: \.isASCIIDigit)
    self = dropFirst(digits.count)
    return digits
  }

  /// Takes `e` and a whole number, cut to what decimals can have; 0 where there is no `e`, nil where
  /// the number is missing.
  fileprivate mutating func takeExponent() -> Int? {
    guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return 0 }
    removeFirst()
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { removeFirst() }
    let digits = takeDigits()
    guard !digits.isEmpty else { return nil }
    let limit = 1_000_000_000_000_000_000
    let exponent = Swift.min(Int(String(decoding: digits, as: UTF8.self)) ?? limit, limit)
    return isNegative ? -exponent : exponent
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
