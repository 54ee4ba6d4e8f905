import Testing

@testable import Core

struct LayerKeyTests {
  @Test(
    arguments: [
      ("asgi:group:g", .group(bytes("g"))),
      ("asgi:group:a:b!c", .group(bytes("a:b!c"))),
      ("asgispecific.0f!", .queue(process: bytes("specific.0f!"))),
      ("asgiturboctl.0f!", .queue(process: bytes("turboctl.0f!"))),
      ("asgispecific.0f!$inflight", .inFlight(process: bytes("specific.0f!"))),
      ("asgi:group:", nil), ("asgi:groups:g", nil), ("asgi", nil), ("", nil),
      ("other:group:g", nil),
      ("asgispecific.!", nil), ("asgispecific.0f", nil), ("asgispecific.0f!x", nil),
      ("asgispecific.0f!$inflightx", nil), ("asgispecific.0f!!", nil), ("asgiworker!", nil),
      ("asgi:cache", nil), ("xasgi:group:g", nil),
    ] as [(String, LayerKey?)])
  func knowsTheLayersKeysAndNoOther(name: String, key: LayerKey?) {
    let layer = LayerConfiguration()
    #expect(layer.meaning(of: bytes(name)) == key)
    if let key { #expect(layer.name(of: key) == bytes(name)) }
  }

  @Test func keepsNamesThatAreNotUTF8() {
    let name = bytes("asgi:group:") + [0xFF, 0x00]
    #expect(LayerConfiguration().meaning(of: name) == .group([0xFF, 0x00]))
  }

  @Test func aPrefixIsNoGlob() {
    var layer = LayerConfiguration()
    layer.prefix = #"a*[b]?\"#
    #expect(layer.keyPattern == #"a\*\[b\]\?\\[:st]*"#)
    #expect(layer.groupPattern("chat_*") == #"a\*\[b\]\?\\:group:chat_*"#)
  }

  @Test(arguments: [
    ("specific.0f!12", "specific.0f!", false), ("turboctl.0f!0", "turboctl.0f!", true),
    ("worker", "worker", false), ("a!b!c", "a!", false), ("xturboctl.0f!", "xturboctl.0f!", false),
  ])
  func aChannelNamesItsProcess(channel: String, process: String, isTail: Bool) {
    #expect(bytes(channel).process == bytes(process))
    #expect(bytes(channel).isTail == isTail)
  }
}

struct ChatPatternTests {
  @Test(
    arguments: [
      ("turbo_stream.chat_{id}", "turbo_stream.chat_1", "1"),
      ("turbo_stream.chat_{id}", "turbo_stream.chat_a.b", "a.b"),
      ("turbo_stream.chat_{id}", "turbo_stream.chat_", nil),
      ("turbo_stream.chat_{id}", "turbo_stream.room_1", nil),
      ("{id}.room", "7.room", "7"),
      ("{id}.room", ".room", nil),
      ("{id}-{id}", "12-12", "12"),
      ("{id}-{id}", "12-34", nil),
      ("{id}-{id}", "1-12", nil),
      ("chat_{id}", "chat_é", "é"),
    ] as [(String, String, String?)])
  func findsTheIdInAGroup(pattern: String, group: String, id: String?) {
    let chats = ChatPattern(pattern)
    #expect(chats.id(in: group) == id)
    if let id { #expect(chats.group(of: id) == group) }
  }

  @Test func itsGlobTakesTheRestLiterally() {
    #expect(ChatPattern("a*{id}?{id}").glob == #"a\**\?*"#)
  }
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
