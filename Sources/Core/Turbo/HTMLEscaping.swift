// Django's `escape`, byte for byte (`django/utils/html.py`).

extension String {
  /// The text with `& < > " '` escaped.
  package var htmlEscaped: String {
    guard utf8.needsEscape else { return self }
    var bytes: [UInt8] = []
    bytes.append(htmlEscaping: self)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String.UTF8View {
  fileprivate var needsEscape: Bool {
    let bytes = span
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "'"):
        return true
      default: continue
      }
    }
    return false
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
        // There is room for the longest escape of each byte, and for what the last store adds.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
          unsafe escapes.withUnsafeBufferPointer { escapes in
            let target = UnsafeMutableRawBufferPointer(buffer)
            func put(_ index: Int) {
              let escape = unsafe escapes[Int(bytes[unchecked: index])]
              unsafe target.storeBytes(of: escape.word, toByteOffset: count, as: UInt64.self)
              count &+= escape.count
            }
            var index = start
            while index &+ 4 <= end {
              put(index)
              put(index &+ 1)
              put(index &+ 2)
              put(index &+ 3)
              index &+= 4
            }
            while index < end {
              put(index)
              index &+= 1
            }
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
