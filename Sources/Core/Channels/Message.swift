/// A channel-layer message: what a consumer's handler gets as `event`.
package struct Message: Equatable, Sendable {
  package enum Fault: Error, Equatable, Sendable {
    /// Not an object.
    case notAnObject
    /// No `type`, or one that is not a string or is empty.
    case noType
    /// A `type` that Channels takes for a private method and closes the socket over
    /// (`channels/consumer.py get_handler_name`).
    case privateType(String)
    /// A key that the layer itself sets.
    case reservedKey(String)
    /// A value that MessagePack has no room for.
    case encoding(MessagePackError)
  }

  /// Where the layer writes which channels of the receiving process are meant.
  static let channelKey = "__asgi_channel__"

  package let fields: Object

  package init(_ value: Value) throws(Fault) {
    guard let fields = value.object else { throw .notAnObject }
    guard let type = fields["type"]?.string, !type.isEmpty else { throw .noType }
    guard !type.hasPrefix("_"), !type.hasPrefix(".") else { throw .privateType(type) }
    guard fields[Self.channelKey] == nil else { throw .reservedKey(Self.channelKey) }
    self.fields = fields
  }

  /// The message in MessagePack up to where the list of channels belongs: its last key is written,
  /// the value is not (`channels_redis/core.py group_send`).
  func head() throws(Fault) -> [UInt8] {
    var writer = MessagePackWriter()
    do {
      try writer.appendMapHeader(count: fields.members.count + 1)
      for (key, value) in fields.members {
        try writer.append(string: key)
        try writer.append(value)
      }
      try writer.append(string: Self.channelKey)
    } catch {
      throw .encoding(error)
    }
    return writer.bytes
  }
}
