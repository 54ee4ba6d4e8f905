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

  package static let defaultGroupExpiry = 86_400

  /// `groupExpiry`, or its default.
  package var memberLife: Int { groupExpiry ?? Self.defaultGroupExpiry }

  package init() {}

  package func groupKey(_ group: GroupName) -> String { "\(prefix):group:\(group.text)" }

  /// The queue of a channel's process: named by the part up to and including `!`, or the whole
  /// (`channels_redis/core.py non_local_name`).
  package func queueKey(ofChannel channel: String) -> String {
    let process = channel.firstIndex(of: "!").map { channel[...$0] } ?? channel[...]
    return prefix + process
  }
}
