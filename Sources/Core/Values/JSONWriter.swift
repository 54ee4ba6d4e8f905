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
    for (place, byte) in bytes.enumerated() where !byte.standsForItself {
      guard let (escaped, length) = escape(byte, bytes, place) else { continue }
      json += bytes[run..<place]
      json += escaped
      run = place + length
    }
    json += bytes[run...]
    json.append(UInt8(ascii: "\""))
  }

  /// What stands for the character that begins here, and its length; nil where it stands for itself.
  private static func escape(
    _ byte: UInt8, _ bytes: [UInt8], _ place: Int
  ) -> (escaped: [UInt8], length: Int)? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return ([UInt8(ascii: "\\"), byte], 1)
    case UInt8(ascii: "\n"): return (Array("\\n".utf8), 1)
    case UInt8(ascii: "\r"): return (Array("\\r".utf8), 1)
    case UInt8(ascii: "\t"): return (Array("\\t".utf8), 1)
    case 0..<0x20, 0x7f: return (escape(0, byte), 1)
    // C1, U+0080 to U+009F.
    case 0xc2 where 0x80...0x9f ~= bytes[place + 1]: return (escape(0, bytes[place + 1]), 2)
    case 0xe2:
      switch (bytes[place + 1], bytes[place + 2]) {
      // U+202A to U+202E, U+2066 to U+2069.
      case (0x80, 0xaa...0xae): return (escape(0x20, bytes[place + 2] - 0x80), 3)
      case (0x81, 0xa6...0xa9): return (escape(0x20, bytes[place + 2] - 0x40), 3)
      default: return nil
      }
    default: return nil
    }
  }

  private static func escape(_ high: UInt8, _ low: UInt8) -> [UInt8] {
    var escape = Array("\\u".utf8)
    escape.append(hexadecimal: high)
    escape.append(hexadecimal: low)
    return escape
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
  /// The value as compact JSON.
  package var json: String {
    var json: [UInt8] = []
    JSONWriter.append(self, to: &json)
    return String(decoding: json, as: UTF8.self)
  }
}
