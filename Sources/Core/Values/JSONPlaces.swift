/// Where values stand in a JSON text that was read before: errors alone ask, so reading keeps no places.
package enum JSONPlaces {
  /// Line and column, from 1, of the value at a path of keys, `layers.default.hosts[0]`; of a repeated
  /// key the last.
  package static func position(
    of path: String, in text: [UInt8]
  ) -> (line: Int, column: Int)? {
    var walk = Walk(text: text, wanted: path)
    walk.value(at: "")
    return walk.found.map { JSONError(reason: .expectedValue, offset: $0).position(in: text) }
  }
}

/// One way through the text, which is JSON in order.
private struct Walk {
  let text: [UInt8]
  let wanted: String
  var found: Int?
  private var cursor = 0

  init(text: [UInt8], wanted: String) {
    self.text = text
    self.wanted = wanted
  }

  mutating func value(at path: String) {
    skip(while: \.isJSONSpace)
    if path == wanted { found = cursor }
    switch next {
    case UInt8(ascii: "{"): object(at: path)
    case UInt8(ascii: "["): array(at: path)
    case UInt8(ascii: "\""): _ = string()
    default: skip { !$0.isJSONSpace && !$0.endsJSONWord }
    }
    skip(while: \.isJSONSpace)
  }

  private mutating func object(at path: String) {
    repeat {
      cursor += 1
      skip(while: \.isJSONSpace)
      guard next == UInt8(ascii: "\"") else { break }
      let key = string()
      skip(while: \.isJSONSpace)
      // The colon.
      cursor += 1
      value(at: path.isEmpty ? key : "\(path).\(key)")
    } while next == UInt8(ascii: ",")
    cursor += 1
  }

  private mutating func array(at path: String) {
    var index = 0
    repeat {
      cursor += 1
      skip(while: \.isJSONSpace)
      if next == UInt8(ascii: "]") { break }
      value(at: "\(path)[\(index)]")
      index += 1
    } while next == UInt8(ascii: ",")
    cursor += 1
  }

  private mutating func string() -> String {
    let start = cursor
    cursor += 1
    while let byte = next, byte != UInt8(ascii: "\"") {
      cursor += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    cursor = min(cursor + 1, text.count)
    return (try? JSONReader.read(Array(text[start..<cursor])))?.string ?? ""
  }

  private var next: UInt8? { cursor < text.count ? text[cursor] : nil }

  private mutating func skip(while isSkipped: (UInt8) -> Bool) {
    while let byte = next, isSkipped(byte) { cursor += 1 }
  }
}

extension UInt8 {
  fileprivate var endsJSONWord: Bool {
    [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(self)
  }
}
