extension Sequence<UInt8> {
  /// The bytes as lowercase hexadecimal digits, two a byte.
  package var hexadecimal: String {
    var digits: [UInt8] = []
    for byte in self { digits.append(hexadecimal: byte) }
    return String(decoding: digits, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends the two lowercase hexadecimal digits of `byte`.
  mutating func append(hexadecimal byte: UInt8) {
    for digit in [byte >> 4, byte & 0x0f] {
      append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
    }
  }
}
