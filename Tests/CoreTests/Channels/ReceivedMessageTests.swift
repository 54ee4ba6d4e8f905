import Testing

@testable import Core

struct ReceivedMessageTests {
  private let prefix = [UInt8](repeating: 0x78, count: 12)

  @Test func readsJSONAsWellAsMessagePack() throws {
    let json = #"{"type":"html_message","html":"é","__asgi_channel__":["specific.a!1"]}"#
    let head: [UInt8] = [0x82, 0xA4] + Array("type".utf8) + [0xA1] + Array("x".utf8)
    let pack = head + [0xB0] + Array("__asgi_channel__".utf8) + [0xA1] + Array("c".utf8)
    let first = try ReceivedMessage(
      prefix + Array(json.utf8), score: 1, by: Serializer(LayerConfiguration()))
    #expect(first.fields == ["type": .string("html_message"), "html": .string("é")])
    #expect(first.channels == ["specific.a!1"])
    let second = try ReceivedMessage(prefix + pack, score: 1, by: Serializer(LayerConfiguration()))
    #expect(second.fields == ["type": .string("x")])
    #expect(second.channels == ["c"])
  }

  @Test(arguments: ["{", "{}x", "x", "[]"])
  func refusesWhatIsNoMessage(body: String) {
    #expect(throws: ReceivedMessage.Fault.self) {
      try ReceivedMessage(prefix + Array(body.utf8), score: 1, by: Serializer(LayerConfiguration()))
    }
  }
}
