/// The CONFIG of one entry of CHANNEL_LAYERS, with channels_redis' defaults
/// (`channels_redis/core.py RedisChannelLayer.__init__`).
package struct LayerConfiguration: Equatable, Sendable {
  package var prefix = "asgi"
  /// Seconds that a message waits for its reader.
  package var expiry = 60
  /// Seconds that a channel stays in a group without joining again; nil: not configured.
  package var groupExpiry: Int?
  /// Messages that may wait in one process's queue.
  package var capacity = 100
  /// `channel_capacity`: globs of whole channel names, the first that matches counts.
  package var channelCapacity: [ChannelCapacity] = []
  package var backend = Backend.core
  package var serializer = SerializerFormat.msgpack
  /// Random bytes before each message of the core layer.
  package var randomPrefixLength = 12
  /// `symmetric_encryption_keys`: the first encrypts, all decrypt; empty: plain text.
  package var encryptionKeys: [String] = []
  /// The site's channels_redis, where it matters: pub/sub before 4.2.1 knows no encryption.
  package var layerVersion: String?

  /// Which class of channels_redis.
  package enum Backend: String, CaseIterable, Sendable {
    /// `channels_redis.core.RedisChannelLayer`: groups and queues are sorted sets.
    case core
    /// `channels_redis.pubsub.RedisPubSubChannelLayer`: groups are channels of PUBLISH.
    case pubsub
  }

  package enum SerializerFormat: String, CaseIterable, Sendable {
    case msgpack
    case json
  }

  package struct ChannelCapacity: Equatable, Sendable {
    package var pattern: String
    package var capacity: Int

    package init(pattern: String, capacity: Int) {
      self.pattern = pattern
      self.capacity = capacity
    }
  }

  package static let defaultGroupExpiry = 86_400

  /// `groupExpiry`, or its default.
  package var memberLife: Int { groupExpiry ?? Self.defaultGroupExpiry }

  package init() {}

  /// The pub/sub channel of a group (`channels_redis/pubsub.py _get_group_channel_name`).
  package func groupChannel(_ group: GroupName) -> String { groupChannels + group.text }

  /// What the names of groups' pub/sub channels begin with.
  var groupChannels: String { "\(prefix)__group__" }

  /// Whether the site's pub/sub layer decrypts; before 4.2.1 it took the keys and did not use them.
  package var encryptsPubSub: Bool {
    guard !encryptionKeys.isEmpty else { return false }
    guard let layerVersion else { return true }
    let numbers = layerVersion.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
    return !numbers.lexicographicallyPrecedes([4, 2, 1])
  }

  package func groupKey(_ group: GroupName) -> String { "\(prefix):group:\(group.text)" }

  /// The queue of a channel's process: named by the part up to and including `!`, or the whole
  /// (`channels_redis/core.py non_local_name`).
  package func queueKey(ofChannel channel: String) -> String {
    let process = channel.firstIndex(of: "!").map { channel[...$0] } ?? channel[...]
    return prefix + process
  }
}
