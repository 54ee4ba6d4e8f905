// Percent-encoding as `urllib/parse.py` does it.

extension String {
  /// The text with all but letters, digits, `_.-~` and the ASCII of `safe` percent-encoded
  /// (`quote`).
  func percentEncoded(keeping safe: String) -> String {
    var encoded: [UInt8] = []
    for byte in utf8 {
      if byte.isUnreserved || byte < 0x80 && safe.utf8.contains(byte) {
        encoded.append(byte)
      } else {
        let digits = Array("0123456789ABCDEF".utf8)
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xf)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// The text with `%` and two digits decoded as UTF-8, what is broken as U+FFFD (`unquote`).
  var percentDecoded: String {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    var decoded: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      let digits = String(Substring(rest.prefix(2)))
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
        digits.unicodeScalars.allSatisfy(\.isASCIIHexDigit), let value = UInt8(digits, radix: 16)
      {
        decoded.append(value)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isUnreserved: Bool {
    let scalar = Unicode.Scalar(self)
    return scalar.isASCIILetter || scalar.isASCIIDigit || "_.-~".utf8.contains(self)
  }
}
