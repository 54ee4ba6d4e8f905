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

  package init() {}

  package func groupKey(_ group: GroupName) -> String { "\(prefix):group:\(group.text)" }

  /// The queue of a process, from the part of a channel's name up to and including `!`
  /// (`channels_redis/core.py non_local_name`).
  package func queueKey(_ nonLocalName: String) -> String { prefix + nonLocalName }
}
