import Testing

@testable import Core

struct MessageTests {
  @Test(arguments: [
    (Value.array([]), Message.Fault.notAnObject),
    (.object([:]), .noType),
    (.object(["type": .integer(1)]), .noType),
    (.object(["type": .string("")]), .noType),
    (.object(["type": .string("_private")]), .privateType("_private")),
    (.object(["type": .string(".private")]), .privateType(".private")),
    (.object(["type": .string("x"), "__asgi_channel__": .null]), .reservedKey("__asgi_channel__")),
  ])
  func refusesWhatAConsumerWouldDieOf(value: Value, fault: Message.Fault) {
    #expect(throws: fault) { try Message(value) }
  }

  @Test func refusesAnIntegerThatMessagePackHasNoRoomFor() throws {
    let message = try Message(
      .object(["type": .string("x"), "n": .bigInteger("18446744073709551616")]))
    #expect(throws: Message.Fault.self) {
      try GroupMessage(message, to: try GroupName("g"), as: .msgpack)
    }
  }

  /// What `cmsgpack.pack` appends on the server: a list of channels, here of two.
  @Test func headAndChannelsMakeOneMessage() throws {
    let fields: Object = ["type": .string("html_message"), "html": .string("é")]
    let head = try EncodedMessage(Message(.object(fields)).fields, as: .msgpack).head
    let list: [UInt8] = [0x92, 0xA1, 0x61, 0xA1, 0x62]
    let member = [UInt8](repeating: 7, count: 12) + head + list
    let received = try ReceivedMessage(member, score: 1, by: Serializer(LayerConfiguration()))
    #expect(received.fields == fields)
    #expect(received.channels == ["a", "b"])
  }

  @Test func takesAChannelThatIsNamedAlone() throws {
    var writer = MessagePackWriter()
    try writer.append(.object(["type": .string("x"), "__asgi_channel__": .string("c!1")]))
    let received = try ReceivedMessage(
      [UInt8](repeating: 0, count: 12) + writer.bytes, score: 1,
      by: Serializer(LayerConfiguration()))
    #expect(received.channels == ["c!1"])
  }

  @Test(arguments: [
    ([], ReceivedMessage.Fault.truncated),
    ([UInt8](repeating: 0, count: 11), .truncated),
    ([UInt8](repeating: 0, count: 12) + [0x01], .notAnObject),
    ([UInt8](repeating: 0, count: 12) + [0x81], .decoding(.truncated(offset: 1))),
  ])
  func saysWhatIsNoMessage(member: [UInt8], fault: ReceivedMessage.Fault) {
    #expect(throws: fault) {
      try ReceivedMessage(member, score: 1, by: Serializer(LayerConfiguration()))
    }
  }

  @Test(arguments: [3, 8, 10, 12, 20])
  func prefixesRise(length: Int) {
    var prefixes = MessagePrefixes(length: length)
    let made = (0..<1000).map { _ in prefixes.next() }
    #expect(made.allSatisfy { $0.count == length })
    // Three bytes of the counter start anew now and then.
    guard length >= 8 else { return #expect(Set(made).count == 1000) }
    #expect(zip(made, made.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test func noPrefixIsNone() {
    var prefixes = MessagePrefixes(length: 0)
    #expect(prefixes.next() == [])
  }
}
