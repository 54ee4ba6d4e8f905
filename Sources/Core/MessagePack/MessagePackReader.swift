/// Reads one MessagePack value (`msgpack/_unpacker.pyx`).
///
/// A length or count is held against the bytes left before anything is made of it, and no memory
/// is reserved for a count, since nested arrays could each claim what is left.
package struct MessagePackReader {
  private let bytes: ArraySlice<UInt8>
  private var cursor: Int
  private var depth = 0

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    cursor = bytes.startIndex
  }

  /// Reads a value that is exactly as long as `bytes`; offsets in errors count from its start.
  ///
  /// A `uint64` that `Int` does not hold becomes a big integer. A scalar key that is no
  /// string becomes its JSON text; a repeated key keeps its first place and its last value.
  package static func read(_ bytes: ArraySlice<UInt8>) throws(MessagePackError) -> Value {
    var reader = MessagePackReader(bytes)
    let value = try reader.value()
    guard reader.remaining == 0 else { throw .trailingBytes(offset: reader.offset) }
    return value
  }

  private mutating func value() throws(MessagePackError) -> Value {
    let start = offset
    let marker = UInt8(try number(width: 1))
    return switch marker {
    case Marker.null: .null
    case Marker.false: .bool(false)
    case Marker.true: .bool(true)
    case Marker.positiveFixint: .integer(Int(marker))
    case Marker.negativeFixint: .integer(Int(Int8(bitPattern: marker)))
    case Marker.uint: unsigned(try number(width: width(marker, Marker.uint)))
    case Marker.int: .integer(try signed(width: width(marker, Marker.int)))
    case Marker.float32: .double(Double(Float(bitPattern: UInt32(try number(width: 4)))))
    case Marker.float64: .double(Double(bitPattern: try number(width: 8)))
    case Marker.fixstr: .string(try string(count: small(marker, Marker.fixstr)))
    case Marker.str: .string(try string(count: count(width: width(marker, Marker.str))))
    case Marker.bin: .binary(Array(try take(count(width: width(marker, Marker.bin)))))
    case Marker.fixext: try ext(count: width(marker, Marker.fixext))
    case Marker.ext: try ext(count: count(width: width(marker, Marker.ext)))
    case Marker.fixarray: try array(count: small(marker, Marker.fixarray), at: start)
    case Marker.array: try array(count: count(width: width(marker, Marker.array) * 2), at: start)
    case Marker.fixmap: try map(count: small(marker, Marker.fixmap), at: start)
    case Marker.map: try map(count: count(width: width(marker, Marker.map) * 2), at: start)
    default: throw .unusedMarker(offset: start)
    }
  }

  private func unsigned(_ number: UInt64) -> Value {
    Int(exactly: number).map(Value.integer) ?? .bigInteger(String(number))
  }

  private mutating func signed(width: Int) throws(MessagePackError) -> Int {
    let unused = 64 - 8 * width
    return (Int(truncatingIfNeeded: try number(width: width)) << unused) >> unused
  }

  private mutating func string(count: Int) throws(MessagePackError) -> String {
    let start = offset
    let utf8 = try take(count)
    do {
      return String(copying: try UTF8Span(validating: utf8.span))
    } catch {
      throw .invalidUTF8(offset: start + error.byteOffsets.lowerBound)
    }
  }

  private mutating func ext(count: Int) throws(MessagePackError) -> Value {
    let type = Int8(truncatingIfNeeded: try number(width: 1))
    return .ext(type: type, bytes: Array(try take(count)))
  }

  private mutating func array(count: Int, at start: Int) throws(MessagePackError) -> Value {
    try enter(items: count, at: start)
    var elements: [Value] = []
    for _ in 0..<count { elements.append(try value()) }
    depth -= 1
    return .array(elements)
  }

  private mutating func map(count: Int, at start: Int) throws(MessagePackError) -> Value {
    try enter(items: 2 * count, at: start)
    var object = Object()
    for _ in 0..<count {
      let key = try key()
      object[key] = try value()
    }
    depth -= 1
    return .object(object)
  }

  /// Refuses arrays and maps, as Python does, and unread: keys within keys would take stack, and as text
  /// in text in text they would grow without bound.
  private mutating func key() throws(MessagePackError) -> String {
    if remaining > 0 {
      switch bytes[cursor] {
      case Marker.fixarray, Marker.array, Marker.fixmap, Marker.map:
        throw .invalidKey(offset: offset)
      default: break
      }
    }
    let key = try value()
    return key.string ?? key.json
  }

  private mutating func enter(items: Int, at start: Int) throws(MessagePackError) {
    guard depth < MessagePackError.depthLimit else { throw .tooDeep(offset: start) }
    guard items <= remaining else { throw .truncated(offset: offset) }
    depth += 1
  }
}

// MARK: Cursor

extension MessagePackReader {
  private var offset: Int { cursor - bytes.startIndex }
  private var remaining: Int { bytes.endIndex - cursor }

  /// The number that a marker carries in itself.
  private func small(_ marker: UInt8, _ markers: ClosedRange<UInt8>) -> Int {
    Int(marker - markers.lowerBound)
  }

  /// The bytes that follow a marker, where those of the first of `markers` are one.
  private func width(_ marker: UInt8, _ markers: ClosedRange<UInt8>) -> Int {
    1 << (marker - markers.lowerBound)
  }

  private mutating func count(width: Int) throws(MessagePackError) -> Int {
    Int(try number(width: width))
  }

  private mutating func number(width: Int) throws(MessagePackError) -> UInt64 {
    try take(width).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ count: Int) throws(MessagePackError) -> ArraySlice<UInt8> {
    guard count <= remaining else { throw .truncated(offset: offset) }
    defer { cursor += count }
    return bytes[cursor..<cursor + count]
  }
}
