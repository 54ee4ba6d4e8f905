/// A message as it came off a queue.
package struct ReceivedMessage: Equatable, Sendable {
  package enum Fault: Error, Equatable, Sendable {
    /// Shorter than the bytes that stand before every message.
    case truncated
    case decoding(MessagePackError)
    case json(JSONError)
    /// None of our keys made it, or not in time.
    case encrypted(FernetError)
    case notAnObject
  }

  /// The channels of our process that are meant.
  package let channels: [String]
  package let fields: Object
  /// When it was sent, in seconds since 1970, by the sender's or the server's clock.
  package let time: Double

  /// Reads a queue's member (`channels_redis/serializers.py deserialize`).
  package init(_ member: [UInt8], score: Double, by serializer: Serializer) throws(Fault) {
    guard member.count >= serializer.prefixLength else { throw .truncated }
    let body = member[serializer.prefixLength...]
    guard var fields = try serializer.read(body, now: Timestamp.now()).object else {
      throw .notAnObject
    }
    // A group send lists the channels, a send to one channel names it.
    switch fields[Message.channelKey] {
    case .array(let names): channels = names.compactMap(\.string)
    case .string(let name): channels = [name]
    default: channels = []
    }
    fields[Message.channelKey] = nil
    self.fields = fields
    time = score
  }

  /// Takes over what a pub/sub layer has read.
  init(_ fields: Object, channel: String, time: Double) {
    self.fields = fields
    channels = [channel]
    self.time = time
  }
}
