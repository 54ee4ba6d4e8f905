/// Base64 with `-` and `_`, padded (RFC 4648 section 5), as Python's `base64.urlsafe_b64encode` writes it.
package enum Base64URL {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static let padding = UInt8(ascii: "=")

  /// The value of each byte as a digit; 255 for one that is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = alphabet
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let left = bytes.count - place
      var group = UInt32(bytes[place]) << 16
      if left > 1 { group |= UInt32(bytes[place + 1]) << 8 }
      if left > 2 { group |= UInt32(bytes[place + 2]) }
      text.append(alphabet[Int(group >> 18)])
      text.append(alphabet[Int(group >> 12 & 63)])
      text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : padding)
      text.append(left > 2 ? alphabet[Int(group & 63)] : padding)
      place += 3
    }
    return text
  }

  /// - Returns: nil where the text is not base64, or its padding is wrong; Python passes over bytes that are no digits.
  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let digits =
      text.last == padding ? text.dropLast(text.dropLast().last == padding ? 2 : 1) : text
    let values = values
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var place = digits.startIndex
    while place < digits.endIndex {
      // A last group has two digits at least.
      let left = digits.endIndex - place
      let (first, second) = (values[Int(digits[place])], values[Int(digits[place + 1])])
      let third = left > 2 ? values[Int(digits[place + 2])] : 0
      let fourth = left > 3 ? values[Int(digits[place + 3])] : 0
      guard first | second | third | fourth < 64 else { return nil }
      bytes.append(first << 2 | second >> 4)
      if left > 2 { bytes.append(second << 4 | third >> 2) }
      if left > 3 { bytes.append(third << 6 | fourth) }
      place += 4
    }
    return bytes
  }
}
