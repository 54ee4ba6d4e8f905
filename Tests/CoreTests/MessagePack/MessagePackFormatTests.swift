import Core
import Testing

/// The bytes of each form, written and read; those of Python's `packb(value, use_bin_type=True)`.
struct MessagePackFormatTests {
  static let integers: [(value: Value, bytes: [UInt8])] = [
    (.integer(0), [0x00]), (.integer(127), [0x7f]), (.integer(128), [0xcc, 0x80]),
    (.integer(255), [0xcc, 0xff]), (.integer(256), [0xcd, 1, 0]),
    (.integer(65535), [0xcd, 0xff, 0xff]), (.integer(65536), [0xce, 0, 1, 0, 0]),
    (.integer(1 << 32 - 1), [0xce, 0xff, 0xff, 0xff, 0xff]),
    (.integer(1 << 32), [0xcf, 0, 0, 0, 1, 0, 0, 0, 0]),
    (.integer(.max), [0xcf, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    (.bigInteger("9223372036854775808"), [0xcf, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    (
      .bigInteger("18446744073709551615"),
      [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    ),
    (.integer(-1), [0xff]), (.integer(-32), [0xe0]), (.integer(-33), [0xd0, 0xdf]),
    (.integer(-128), [0xd0, 0x80]), (.integer(-129), [0xd1, 0xff, 0x7f]),
    (.integer(-32768), [0xd1, 0x80, 0]), (.integer(-32769), [0xd2, 0xff, 0xff, 0x7f, 0xff]),
    (.integer(-1 << 31), [0xd2, 0x80, 0, 0, 0]),
    (.integer(-1 << 31 - 1), [0xd3, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]),
    (.integer(.min), [0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0]),
  ]

  static let others: [(value: Value, bytes: [UInt8])] = [
    (.null, [0xc0]), (.bool(false), [0xc2]), (.bool(true), [0xc3]),
    (.double(6), [0xcb, 0x40, 0x18, 0, 0, 0, 0, 0, 0]),
    (.double(-.infinity), [0xcb, 0xff, 0xf0, 0, 0, 0, 0, 0, 0]),
    (.string("é"), [0xa2, 0xc3, 0xa9]),
    (.array([.integer(1), .string("a")]), [0x92, 1, 0xa1, 0x61]),
    (.object(["b": .null, "a": .integer(1)]), [0x82, 0xa1, 0x62, 0xc0, 0xa1, 0x61, 1]),
  ]

  /// Each size with the head of a value of that size; the content follows.
  static let strings: [(count: Int, head: [UInt8])] = [
    (0, [0xa0]), (1, [0xa1]), (31, [0xbf]), (32, [0xd9, 32]), (255, [0xd9, 255]),
    (256, [0xda, 1, 0]), (65535, [0xda, 0xff, 0xff]), (65536, [0xdb, 0, 1, 0, 0]),
  ]
  static let binaries: [(count: Int, head: [UInt8])] = [
    (0, [0xc4, 0]), (1, [0xc4, 1]), (255, [0xc4, 255]), (256, [0xc5, 1, 0]),
    (65535, [0xc5, 0xff, 0xff]), (65536, [0xc6, 0, 1, 0, 0]),
  ]
  static let exts: [(count: Int, head: [UInt8])] = [
    (0, [0xc7, 0]), (1, [0xd4]), (2, [0xd5]), (3, [0xc7, 3]), (4, [0xd6]), (8, [0xd7]),
    (15, [0xc7, 15]), (16, [0xd8]), (17, [0xc7, 17]), (255, [0xc7, 255]), (256, [0xc8, 1, 0]),
    (65535, [0xc8, 0xff, 0xff]), (65536, [0xc9, 0, 1, 0, 0]),
  ]
  static let arrays: [(count: Int, head: [UInt8])] = [
    (0, [0x90]), (15, [0x9f]), (16, [0xdc, 0, 16]), (65535, [0xdc, 0xff, 0xff]),
    (65536, [0xdd, 0, 1, 0, 0]),
  ]
  static let maps: [(count: Int, head: [UInt8])] = [
    (0, [0x80]), (15, [0x8f]), (16, [0xde, 0, 16]), (65535, [0xde, 0xff, 0xff]),
    (65536, [0xdf, 0, 1, 0, 0]),
  ]

  private func expect(
    _ value: Value, as bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    // Not in the macro, which would spell out both sides.
    let written = try MessagePackWriter.write(value) == bytes
    let read = try MessagePackReader.read(bytes[...]) == value
    #expect(written, sourceLocation: sourceLocation)
    #expect(read, sourceLocation: sourceLocation)
  }

  @Test(arguments: integers + others) func isOf(value: Value, bytes: [UInt8]) throws {
    try expect(value, as: bytes)
  }

  @Test(arguments: strings) func stringIsOf(count: Int, head: [UInt8]) throws {
    let content = [UInt8](repeating: 0x61, count: count)
    try expect(.string(String(decoding: content, as: UTF8.self)), as: head + content)
  }

  @Test(arguments: binaries) func binaryIsOf(count: Int, head: [UInt8]) throws {
    let content = [UInt8](repeating: 0xfe, count: count)
    try expect(.binary(content), as: head + content)
  }

  @Test(arguments: exts) func extIsOf(count: Int, head: [UInt8]) throws {
    let content = [UInt8](repeating: 0xfe, count: count)
    try expect(.ext(type: -5, bytes: content), as: head + [0xfb] + content)
  }

  @Test(arguments: arrays) func arrayIsOf(count: Int, head: [UInt8]) throws {
    let elements = [Value](repeating: .null, count: count)
    try expect(.array(elements), as: head + [UInt8](repeating: 0xc0, count: count))
  }

  @Test(arguments: maps) func mapIsOf(count: Int, head: [UInt8]) throws {
    let keys = (0..<count).map { String($0) }
    var writer = MessagePackWriter()
    for key in keys {
      try writer.append(string: key)
      try writer.append(.null)
    }
    try expect(.object(Object(keys.map { ($0, .null) })), as: head + writer.bytes)
  }

  /// Longer forms than needed, which other writers use.
  static let readOnly: [(bytes: [UInt8], value: Value)] = [
    ([0xcc, 1], .integer(1)), ([0xcf, 0, 0, 0, 0, 0, 0, 0, 1], .integer(1)),
    ([0xd0, 1], .integer(1)), ([0xd3, 0, 0, 0, 0, 0, 0, 0, 1], .integer(1)),
    ([0xd1, 0xff, 0xff], .integer(-1)), ([0xca, 0x3f, 0x80, 0, 0], .double(1)),
    ([0xca, 0xff, 0x80, 0, 0], .double(-.infinity)), ([0xdb, 0, 0, 0, 1, 0x61], .string("a")),
    ([0xdd, 0, 0, 0, 1, 0xc0], .array([.null])), ([0xdf, 0, 0, 0, 0], .object([:])),
    ([0xc9, 0, 0, 0, 1, 5, 6], .ext(type: 5, bytes: [6])),
  ]

  @Test(arguments: readOnly) func readsLongerForms(bytes: [UInt8], value: Value) throws {
    #expect(try MessagePackReader.read(bytes[...]) == value)
  }
}
