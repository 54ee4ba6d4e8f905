import Core
import Testing

struct MessagePackWriterTests {
  @Test func readsBackWhatWasWritten() throws {
    var random = RandomValues(seed: 2, types: .messagePack)
    for _ in 0..<3000 {
      let value = random.value()
      let bytes = try MessagePackWriter.write(value)
      let read = try MessagePackReader.read(bytes[...])
      #expect(read == value)
      #expect(try MessagePackWriter.write(read) == bytes)
    }
  }

  @Test func mapWrittenInPartsEqualsTheWhole() throws {
    var writer = MessagePackWriter()
    try writer.appendMapHeader(count: 2)
    try writer.append(string: "type")
    try writer.append(.string("html_message"))
    try writer.append(string: "channels")
    try writer.appendArrayHeader(count: 1)
    try writer.append(string: "specific.a!b")
    let whole: Value = .object([
      "type": .string("html_message"), "channels": .array([.string("specific.a!b")]),
    ])
    #expect(try writer.bytes == MessagePackWriter.write(whole))
  }

  static let outOfRange = ["18446744073709551616", "-9223372036854775809"]

  @Test(arguments: outOfRange) func refusesIntegersOfMoreThan64Bits(literal: String) {
    #expect(throws: MessagePackError.integerOutOfRange(literal: literal)) {
      try MessagePackWriter.write(.bigInteger(literal))
    }
  }

  @Test func refusesCountsThatNoHeaderHolds() {
    #expect(throws: MessagePackError.tooLong(count: 1 << 32)) {
      var writer = MessagePackWriter()
      try writer.appendArrayHeader(count: 1 << 32)
    }
    #expect(throws: Never.self) {
      var writer = MessagePackWriter()
      try writer.appendMapHeader(count: 1 << 32 - 1)
    }
  }

  @Test func writesNestingUpToTheLimit() throws {
    func nested(_ depth: Int) -> Value {
      (0..<depth).reduce(.null) { inner, level in
        level.isMultiple(of: 2) ? .array([inner]) : .object(["": inner])
      }
    }
    let deepest = try MessagePackWriter.write(nested(MessagePackError.depthLimit))
    #expect(throws: Never.self) { try MessagePackReader.read(deepest[...]) }
    #expect(throws: MessagePackError.valueTooDeep) {
      try MessagePackWriter.write(nested(MessagePackError.depthLimit + 1))
    }
  }
}
