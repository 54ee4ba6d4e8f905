extension String {
  /// The text with `& < > " '` escaped, byte for byte as Django does it (`django/utils/html.py escape`).
  package var htmlEscaped: String {
    guard utf8.contains(where: { $0.htmlEntity != nil }) else { return self }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(utf8.count + utf8.count / 4)
    for byte in utf8 {
      if let entity = byte.htmlEntity {
        escaped += entity.utf8
      } else {
        escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var htmlEntity: String? {
    switch self {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#x27;"
    default: nil
    }
  }
}
