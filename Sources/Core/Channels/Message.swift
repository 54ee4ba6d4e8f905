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
    // By its bytes, as Python: a combining mark after the sign would hide it.
    let first = type.utf8.first
    guard first != UInt8(ascii: "_"), first != UInt8(ascii: ".") else { throw .privateType(type) }
    guard fields[Self.channelKey] == nil else { throw .reservedKey(Self.channelKey) }
    self.fields = fields
  }
}

/// A message on its way to a group, encoded.
package struct GroupMessage: Sendable {
  package let group: GroupName
  package let message: Message
  let encoded: EncodedMessage
  /// Names the message, so that it goes to its group once (`SendPolicy.onceLife`).
  package var once: String?

  package init(
    _ message: Message, to group: GroupName, as format: LayerConfiguration.SerializerFormat
  ) throws(Message.Fault) {
    self.group = group
    self.message = message
    do {
      encoded = try EncodedMessage(message.fields, as: format)
    } catch {
      throw .encoding(error)
    }
  }

  /// The same message to another group, encoded once.
  package init(_ other: GroupMessage, to group: GroupName) {
    self.group = group
    message = other.message
    encoded = other.encoded
  }
}
