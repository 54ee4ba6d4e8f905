// Django's `escape`, byte for byte (`django/utils/html.py`).

extension String {
  /// The text with `& < > " '` escaped.
  package var htmlEscaped: String {
    var bytes: [UInt8] = []
    bytes.append(htmlEscaping: self)
    return bytes.count == utf8.count ? self : String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends `text` with `& < > " '` escaped.
  package mutating func append(htmlEscaping text: String) {
    let bytes = text.utf8.span
    let escapes = escapes
    let step = 1024
    for start in stride(from: 0, to: bytes.count, by: step) {
      let end = Swift.min(start + step, bytes.count)
      let room = (end - start) * Escape.longest + MemoryLayout<UInt64>.size
      append(addingCapacity: room) { output in
        // There is room for the longest escape of each byte, and for what the last store adds.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
          let target = UnsafeMutableRawBufferPointer(buffer)
          for index in start..<end {
            let escape = escapes[Int(bytes[index])]
            unsafe target.storeBytes(of: escape.word, toByteOffset: count, as: UInt64.self)
            count &+= escape.count
          }
        }
      }
    }
  }
}

/// What each byte becomes.
///
/// A page is escaped without a branch, eight bytes a store: what a store writes too much, the next
/// one overwrites.
private let escapes = (UInt8.min...UInt8.max).map(Escape.init)

/// Up to six bytes of text, the first lowest, and their number in the highest byte.
private struct Escape {
  static let longest = 6

  let word: UInt64

  var count: Int { Int(truncatingIfNeeded: word >> 56) }

  init(_ byte: UInt8) {
    let text =
      switch byte {
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      case UInt8(ascii: "\""): Array("&quot;".utf8)
      case UInt8(ascii: "'"): Array("&#x27;".utf8)
      default: [byte]
      }
    word = text.reversed().reduce(0) { $0 << 8 | UInt64($1) } | UInt64(text.count) << 56
  }
}
