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

  /// Appends a string; DEL, C1 and the marks that turn the direction of text are escaped too, so that no
  /// text can drive a terminal.
  private static func append(_ text: String, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    var previous: UInt8 = 0
    var beforeThat: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): json += "\\n".utf8
      case UInt8(ascii: "\r"): json += "\\r".utf8
      case UInt8(ascii: "\t"): json += "\\t".utf8
      case 0..<0x20, 0x7f: appendEscape("00", byte, to: &json)
      // C1, U+0080 to U+009F, is c2 80 to c2 9f in UTF-8.
      case 0x80...0x9f where previous == 0xc2:
        json.removeLast()
        appendEscape("00", byte, to: &json)
      // U+202A to U+202E is e2 80 aa to e2 80 ae, U+2066 to U+2069 e2 81 a6 to e2 81 a9.
      case 0xaa...0xae where (beforeThat, previous) == (0xe2, 0x80),
        0xa6...0xa9 where (beforeThat, previous) == (0xe2, 0x81):
        json.removeLast(2)
        appendEscape("20", previous << 6 | byte & 0x3f, to: &json)
      default: json.append(byte)
      }
      (beforeThat, previous) = (previous, byte)
    }
    json.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ high: String, _ low: UInt8, to json: inout [UInt8]) {
    json += "\\u\(high)".utf8
    json.append(hexadecimal: low)
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
