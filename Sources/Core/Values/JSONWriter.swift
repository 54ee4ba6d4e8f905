/// Writes a value as compact JSON.
///
/// What JSON cannot hold is written so that it can still be read by people: bytes as
/// `{"bytes":"<hex>"}`, an ext as `{"ext":5,"bytes":"<hex>"}`, NaN and the infinities as `null`.
package enum JSONWriter {
  package static func append(_ value: Value, to json: inout [UInt8]) {
    switch value {
    case .null: json += "null".utf8
    case .bool(let bool): json += bool.description.utf8
    case .integer(let integer): json += integer.description.utf8
    case .bigInteger(let literal): json += literal.utf8
    case .double(let double): json += (double.isFinite ? double.description : "null").utf8
    case .string(let text): append(text, to: &json)
    case .binary(let bytes): json += "{\"bytes\":\"\(bytes.hexadecimal)\"}".utf8
    case .ext(let type, let bytes):
      json += "{\"ext\":\(type),\"bytes\":\"\(bytes.hexadecimal)\"}".utf8
    case .array(let elements): append(elements, to: &json)
    case .object(let object): append(object, to: &json)
    }
  }

  private static func append(_ elements: [Value], to json: inout [UInt8]) {
    json.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      append(element, to: &json)
    }
    json.append(UInt8(ascii: "]"))
  }

  private static func append(_ object: Object, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "{"))
    for (index, member) in object.members.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      append(member.key, to: &json)
      json.append(UInt8(ascii: ":"))
      append(member.value, to: &json)
    }
    json.append(UInt8(ascii: "}"))
  }

  /// Appends a string; DEL, C1 and the marks that reorder text are escaped too, so that no text can
  /// drive a terminal or deceive its reader.
  private static func append(_ text: String, to json: inout [UInt8]) {
    let bytes = Array(text.utf8)
    // What needs no escape is copied a run at a time.
    var run = 0
    json.append(UInt8(ascii: "\""))
    for place in bytes.indices where !bytes[place].standsForItself {
      guard let (escape, length) = escape(bytes, place) else { continue }
      json += bytes[run..<place]
      json.append(UInt8(ascii: "\\"))
      switch escape {
      case .letter(let letter): json.append(letter)
      case .unit(let unit):
        json.append(UInt8(ascii: "u"))
        json.append(hexadecimal: UInt8(unit >> 8))
        json.append(hexadecimal: UInt8(unit & 0xff))
      }
      run = place + length
    }
    json += bytes[run...]
    json.append(UInt8(ascii: "\""))
  }

  /// What follows the backslash.
  private enum Escape {
    case letter(UInt8)
    /// A code unit, in hexadecimal.
    case unit(UInt16)
  }

  /// What stands for the character that begins here, and its length; nil where it stands for itself.
  private static func escape(_ bytes: [UInt8], _ place: Int) -> (escape: Escape, length: Int)? {
    switch bytes[place] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return (.letter(bytes[place]), 1)
    case UInt8(ascii: "\n"): return (.letter(UInt8(ascii: "n")), 1)
    case UInt8(ascii: "\r"): return (.letter(UInt8(ascii: "r")), 1)
    case UInt8(ascii: "\t"): return (.letter(UInt8(ascii: "t")), 1)
    case 0..<0x20, 0x7f: return (.unit(UInt16(bytes[place])), 1)
    // C1, U+0080 to U+009F.
    case 0xc2 where 0x80...0x9f ~= bytes[place + 1]: return (.unit(UInt16(bytes[place + 1])), 2)
    case 0xe2:
      switch (bytes[place + 1], bytes[place + 2]) {
      // U+202A to U+202E, U+2066 to U+2069.
      case (0x80, 0xaa...0xae): return (.unit(0x2000 + UInt16(bytes[place + 2]) - 0x80), 3)
      case (0x81, 0xa6...0xa9): return (.unit(0x2000 + UInt16(bytes[place + 2]) - 0x40), 3)
      default: return nil
      }
    default: return nil
    }
  }
}

extension UInt8 {
  /// Whether it is ASCII that no JSON string escapes: nearly all that is written.
  fileprivate var standsForItself: Bool {
    switch self {
    case 0x20, 0x21, 0x23...0x5b, 0x5d...0x7e: true
    default: false
    }
  }
}

extension Value {
  /// Whether JSON holds all of it: neither bytes nor an ext, NaN or an infinity.
  package var fitsJSON: Bool {
    switch self {
    case .null, .bool, .integer, .bigInteger, .string: true
    case .double(let double): double.isFinite
    case .binary, .ext: false
    case .array(let elements): elements.allSatisfy(\.fitsJSON)
    case .object(let object): object.members.allSatisfy(\.value.fitsJSON)
    }
  }

  /// The value as compact JSON.
  package var json: String {
    var json: [UInt8] = []
    JSONWriter.append(self, to: &json)
    return String(decoding: json, as: UTF8.self)
  }
}
