/// Which of several hosts a name lives on (`channels_redis/core.py consistent_hash`).
package enum ShardRing {
  /// - Parameter name: a group's name, a channel's up to and including `!`, or a pub/sub channel's.
  package static func index(of name: some Sequence<UInt8>, shards: Int) -> Int {
    guard shards > 1 else { return 0 }
    let slot = Int(CRC32.checksum(name) & 0xFFF)
    return Int(Double(slot) / (4096 / Double(shards)))
  }
}
