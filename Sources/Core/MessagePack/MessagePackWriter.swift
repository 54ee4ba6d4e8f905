/// Writes values as MessagePack, each in its shortest form (`msgpack/_packer.pyx`).
///
/// The bytes are those of Python's `packb(value, use_bin_type=True)`. A map can also be appended
/// in parts: its header, then each key before its value. After an error `bytes` is incomplete.
package struct MessagePackWriter {
  package private(set) var bytes: [UInt8] = []
  private var depth = 0

  /// - Parameter capacity: bytes that are expected.
  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  package static func write(_ value: Value) throws(MessagePackError) -> [UInt8] {
    var writer = MessagePackWriter()
    try writer.append(value)
    return writer.bytes
  }

  package mutating func append(_ value: Value) throws(MessagePackError) {
    switch value {
    case .null: bytes.append(Marker.null)
    case .bool(let bool): bytes.append(bool ? Marker.true : Marker.false)
    case .integer(let integer): append(integer)
    case .bigInteger(let literal):
      guard let number = UInt64(literal) else { throw .integerOutOfRange(literal: literal) }
      append(unsigned: number)
    case .double(let double):
      bytes.append(Marker.float64)
      append(bigEndian: double.bitPattern, width: 8)
    case .string(let text): try append(string: text)
    case .binary(let content):
      try appendHeader(Marker.bin, count: content.count)
      bytes += content
    case .ext(let type, let content): try append(ext: type, content)
    case .array(let elements): try append(elements)
    case .object(let object): try append(object)
    }
  }

  package mutating func append(string text: String) throws(MessagePackError) {
    try appendHeader(Marker.str, small: Marker.fixstr, count: text.utf8.count)
    bytes.append(utf8Of: text)
  }

  /// Appends the head of an array, to be followed by `count` values.
  package mutating func appendArrayHeader(count: Int) throws(MessagePackError) {
    try appendHeader(Marker.array, small: Marker.fixarray, narrowest: 2, count: count)
  }

  /// Appends the head of a map, to be followed by `count` keys, each with its value.
  package mutating func appendMapHeader(count: Int) throws(MessagePackError) {
    try appendHeader(Marker.map, small: Marker.fixmap, narrowest: 2, count: count)
  }
}

// MARK: Arrays and maps

extension MessagePackWriter {
  private mutating func append(_ elements: [Value]) throws(MessagePackError) {
    try enter()
    try appendArrayHeader(count: elements.count)
    for element in elements { try append(element) }
    depth -= 1
  }

  private mutating func append(_ object: Object) throws(MessagePackError) {
    try enter()
    try appendMapHeader(count: object.members.count)
    for (key, value) in object.members {
      try append(string: key)
      try append(value)
    }
    depth -= 1
  }

  private mutating func enter() throws(MessagePackError) {
    guard depth < MessagePackError.depthLimit else { throw .valueTooDeep }
    depth += 1
  }
}

// MARK: Scalars

extension MessagePackWriter {
  private mutating func append(_ integer: Int) {
    switch integer {
    case 0...: append(unsigned: UInt64(integer))
    // The negative fixints are their own marker.
    case -32..<0: bytes.append(UInt8(truncatingIfNeeded: integer))
    default:
      let bits = Int.bitWidth - (~integer).leadingZeroBitCount + 1
      append(Marker.int, UInt64(truncatingIfNeeded: integer), bits: bits)
    }
  }

  private mutating func append(unsigned number: UInt64) {
    if number <= Marker.positiveFixint.upperBound {
      bytes.append(UInt8(number))
    } else {
      append(Marker.uint, number, bits: UInt64.bitWidth - number.leadingZeroBitCount)
    }
  }

  private mutating func append(ext type: Int8, _ content: [UInt8]) throws(MessagePackError) {
    if let index = [1, 2, 4, 8, 16].firstIndex(of: content.count) {
      bytes.append(Marker.fixext.lowerBound + UInt8(index))
    } else {
      try appendHeader(Marker.ext, count: content.count)
    }
    bytes.append(UInt8(bitPattern: type))
    bytes += content
  }
}

// MARK: Markers

extension MessagePackWriter {
  /// Appends a marker and a count: one of `small` with the count in it, or else one of `markers`.
  private mutating func appendHeader(
    _ markers: ClosedRange<UInt8>, small: ClosedRange<UInt8>? = nil, narrowest: Int = 1, count: Int
  ) throws(MessagePackError) {
    guard count <= UInt32.max else { throw .tooLong(count: count) }
    if let small, count < small.count {
      bytes.append(small.lowerBound + UInt8(count))
    } else {
      let bits = Int.bitWidth - count.leadingZeroBitCount
      append(markers, UInt64(count), bits: bits, narrowest: narrowest)
    }
  }

  /// Appends the first of `markers` that has room for `bits`, and the number.
  private mutating func append(
    _ markers: ClosedRange<UInt8>, _ number: UInt64, bits: Int, narrowest: Int = 1
  ) {
    var (marker, width) = (markers.lowerBound, narrowest)
    while 8 * width < bits { (marker, width) = (marker + 1, 2 * width) }
    bytes.append(marker)
    append(bigEndian: number, width: width)
  }

  private mutating func append(bigEndian number: UInt64, width: Int) {
    for shift in stride(from: 8 * (width - 1), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
