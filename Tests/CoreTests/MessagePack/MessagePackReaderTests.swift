import Core
import Testing

struct MessagePackReaderTests {
  @Test func readsASliceAndCountsOffsetsFromItsStart() throws {
    let bytes: [UInt8] = [0xff, 0xff, 0x92, 0x01, 0xc1]
    #expect(try MessagePackReader.read(bytes[3..<4]) == .integer(1))
    #expect(throws: MessagePackError.unusedMarker(offset: 2)) {
      try MessagePackReader.read(bytes[2...])
    }
  }

  static let keys: [(key: [UInt8], text: String)] = [
    ([0xa1, 0x61], "a"), ([0x01], "1"), ([0xff], "-1"), ([0xc0], "null"), ([0xc3], "true"),
    ([0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "1.5"), ([0xc4, 1, 0xfe], #"{"bytes":"fe"}"#),
    ([0xd4, 5, 0xfe], #"{"ext":5,"bytes":"fe"}"#),
  ]

  @Test(arguments: keys) func showsEveryScalarKey(key: [UInt8], text: String) throws {
    let map = [0x81] + key + [0xc0]
    #expect(try MessagePackReader.read(map[...]) == .object(Object([(text, .null)])))
  }

  @Test func repeatedKeyKeepsItsFirstPlaceAndLastValue() throws {
    let map: [UInt8] = [0x83, 0xa1, 0x62, 1, 0xa1, 0x61, 2, 0xa1, 0x62, 3]
    #expect(try MessagePackReader.read(map[...]).json == #"{"b":3,"a":2}"#)
  }

  @Test func readsNaN() throws {
    for bytes: [UInt8] in [[0xca, 0x7f, 0xc0, 0, 0], [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]] {
      #expect(try MessagePackReader.read(bytes[...]).json == "null")
    }
  }

  static let errors: [(bytes: [UInt8], error: MessagePackError)] = [
    ([], .truncated(offset: 0)), ([0x01, 0x02], .trailingBytes(offset: 1)),
    ([0xc1], .unusedMarker(offset: 0)), ([0x91, 0xc1], .unusedMarker(offset: 1)),
    ([0xcd, 0x01], .truncated(offset: 1)), ([0xcb, 0, 0], .truncated(offset: 1)),
    ([0xa2, 0x61], .truncated(offset: 1)), ([0xd9], .truncated(offset: 1)),
    ([0xd9, 2, 0x61], .truncated(offset: 2)), ([0xd4], .truncated(offset: 1)),
    ([0xd4, 1], .truncated(offset: 2)), ([0x92, 1], .truncated(offset: 1)),
    ([0x81, 1], .truncated(offset: 1)),
    ([0xa1, 0xff], .invalidUTF8(offset: 1)), ([0xa3, 0x61, 0xc3, 0x28], .invalidUTF8(offset: 2)),
    ([0x81, 0xa1, 0x80, 0xc0], .invalidUTF8(offset: 2)),
    ([0xa3, 0xed, 0xa0, 0x80], .invalidUTF8(offset: 1)),
    ([0x91, 0x81, 0x90, 0xc0], .invalidKey(offset: 2)),
    ([0x81, 0x81, 0x80, 0xc0, 0xc0], .invalidKey(offset: 1)),
    // Keys within keys are no nesting: none is read.
    ([UInt8](repeating: 0x81, count: 1100), .invalidKey(offset: 1)),
    // Lengths and counts of 4 GiB and 2^32 - 1.
    ([0xdb, 0xff, 0xff, 0xff, 0xff, 0x61], .truncated(offset: 5)),
    ([0xc6, 0xff, 0xff, 0xff, 0xff, 0x61], .truncated(offset: 5)),
    ([0xc9, 0xff, 0xff, 0xff, 0xff, 1, 0x61], .truncated(offset: 6)),
    ([0xdd, 0xff, 0xff, 0xff, 0xff, 0xc0], .truncated(offset: 5)),
    ([0xdf, 0xff, 0xff, 0xff, 0xff, 0xc0, 0xc0], .truncated(offset: 5)),
  ]

  @Test(arguments: errors) func refuses(bytes: [UInt8], error: MessagePackError) {
    #expect(throws: error) { try MessagePackReader.read(bytes[...]) }
  }

  @Test(arguments: [[0x91], [0x81, 0xa0]] as [[UInt8]])
  func readsNestingUpToTheLimit(open: [UInt8]) throws {
    let limit = MessagePackError.depthLimit
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeatElement(open, count: depth).joined()) + [0xc0]
    }
    #expect(throws: Never.self) { try MessagePackReader.read(nested(limit)[...]) }
    for depth in [limit + 1, 1100, 1_000_000] {
      #expect(throws: MessagePackError.tooDeep(offset: limit * open.count)) {
        try MessagePackReader.read(nested(depth)[...])
      }
    }
  }

  static let sample: Value = .object([
    "type": .string("html_message"), "html": .string(String(repeating: "é", count: 40)),
    "list": .array([.null, .bool(true), .integer(-200), .integer(70000), .double(0.5)]),
    "bytes": .binary([1, 2, 3]), "ext": .ext(type: 1, bytes: [1, 2, 3, 4]),
    "map": .object(["": .integer(1)]),
  ])

  @Test func everyPrefixOfAMessageIsTruncated() throws {
    let bytes = try MessagePackWriter.write(Self.sample)
    for length in bytes.indices {
      #expect {
        try MessagePackReader.read(bytes[..<length])
      } throws: { error in
        guard case .truncated(let offset) = error as? MessagePackError else { return false }
        return offset <= length
      }
    }
  }

  @Test func whatIsReadOfADamagedMessageCanBeWritten() throws {
    let bytes = try MessagePackWriter.write(Self.sample)
    for index in bytes.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = byte
        guard let value = try? MessagePackReader.read(changed[...]) else { continue }
        let written = try MessagePackWriter.write(value)
        #expect(try MessagePackReader.read(written[...]).json == value.json)
      }
    }
  }
}
