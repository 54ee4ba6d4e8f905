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
    let step = 1024
    for start in stride(from: 0, to: bytes.count, by: step) {
      let end = Swift.min(start + step, bytes.count)
      let room = (end - start) * Escape.longest + MemoryLayout<UInt64>.size
      append(addingCapacity: room) { output in
        output.append(repeating: 0, count: room)
        var written = 0
        var elements = output.mutableSpan
        // Its bounds are checked; what counts as unsafe is that bytes may be made of any type.
        var target = unsafe elements.mutableBytes
        for index in start..<end {
          let escape = escapes[Int(bytes[index])]
          target.storeBytes(of: escape.text, toByteOffset: written, as: UInt64.self)
          written &+= escape.count
        }
        output.removeLast(room - written)
      }
    }
  }
}

/// What each byte becomes.
///
/// A page is escaped without a branch, eight bytes a store: what a store writes too much, the next
/// one overwrites.
private let escapes = (UInt8.min...UInt8.max).map(Escape.init)

/// Up to eight bytes of text.
private struct Escape {
  static let longest = 6

  /// The first byte lowest.
  let text: UInt64
  let count: Int

  init(_ byte: UInt8) {
    let bytes: [UInt8] =
      switch byte {
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      case UInt8(ascii: "\""): Array("&quot;".utf8)
      case UInt8(ascii: "'"): Array("&#x27;".utf8)
      default: [byte]
      }
    text = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }.littleEndian
    count = bytes.count
  }
}
