// JSON as Python's `json.dumps` writes it: in ASCII, with a space after each comma and colon.

extension Value {
  /// What JSON has no form for, and Python refuses, is written as `JSONWriter` does.
  var pythonJSON: String {
    switch self {
    case .null, .bool, .integer, .bigInteger, .binary, .ext: json
    case .double(let double): double.pythonJSON
    case .string(let text): text.pythonJSON
    case .array(let elements): "[\(elements.map(\.pythonJSON).joined(separator: ", "))]"
    case .object(let object):
      "{\(object.members.map { "\($0.key.pythonJSON): \($0.value.pythonJSON)" }.joined(separator: ", "))}"
    }
  }
}

extension Double {
  var pythonJSON: String {
    isFinite ? pythonText : isNaN ? "NaN" : self < 0 ? "-Infinity" : "Infinity"
  }
}

extension String {
  /// The text as a JSON string, all but printable ASCII escaped.
  var pythonJSON: String {
    var literal = [UInt8(ascii: "\"")]
    for unit in utf16 {
      switch unit {
      case 0x22: literal += "\\\"".utf8
      case 0x5c: literal += "\\\\".utf8
      case 0x0a: literal += "\\n".utf8
      case 0x0d: literal += "\\r".utf8
      case 0x09: literal += "\\t".utf8
      case 0x08: literal += "\\b".utf8
      case 0x0c: literal += "\\f".utf8
      case 0x20..<0x7f: literal.append(UInt8(unit))
      default:
        literal += "\\u".utf8
        for byte in [UInt8(unit >> 8), UInt8(unit & 0xff)] { literal.append(hexadecimal: byte) }
      }
    }
    literal.append(UInt8(ascii: "\""))
    return String(decoding: literal, as: UTF8.self)
  }
}
