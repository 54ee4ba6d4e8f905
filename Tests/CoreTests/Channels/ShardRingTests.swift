import Testing

@testable import Core

@Suite("Shard ring")
struct ShardRingTests {
  /// Indices as `RedisChannelLayer.consistent_hash` gives them for 1, 2, 3 and 5 hosts.
  @Test(
    "a name lives on the host that channels_redis looks for it on",
    arguments: [
      ("room_1", [0, 0, 0, 1]),
      ("room_2", [0, 0, 0, 0]),
      ("turbo_stream.chat_1", [0, 0, 0, 1]),
      ("specific.0123456789abcdef0123456789abcdef!", [0, 0, 1, 1]),
      ("asgi__group__room_1", [0, 1, 2, 3]),
      ("", [0, 0, 0, 0]),
    ])
  func index(name: String, indices: [Int]) {
    #expect([1, 2, 3, 5].map { ShardRing.index(of: name.utf8, shards: $0) } == indices)
  }
}
