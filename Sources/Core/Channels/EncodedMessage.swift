/// A message in the form of a serializer, made once for all its receivers and for both layers.
struct EncodedMessage: Sendable {
  /// The message up to where the list of channels belongs: its last key is written, the value is not
  /// (`channels_redis/core.py group_send`).
  let head: [UInt8]
  private let format: LayerConfiguration.SerializerFormat
  private let count: Int
  /// Where in `head` the fields stand that are the message's own.
  private let fields: Range<Int>

  init(
    _ fields: Object, as format: LayerConfiguration.SerializerFormat
  ) throws(MessagePackError) {
    self.format = format
    count = fields.members.count
    switch format {
    case .json:
      let members = fields.members.map { "\($0.key.pythonJSON): \($0.value.pythonJSON)" }
      let text = members.joined(separator: ", ")
      head = Array("{\(text), \(Message.channelKey.pythonJSON): ".utf8)
      self.fields = 1..<(1 + text.utf8.count)
    case .msgpack:
      var writer = MessagePackWriter(capacity: 512)
      try writer.appendMapHeader(count: count + 1)
      let start = writer.bytes.count
      for (key, value) in fields.members {
        try writer.append(string: key)
        try writer.append(value)
      }
      self.fields = start..<writer.bytes.count
      try writer.append(string: Message.channelKey)
      head = writer.bytes
    }
  }

  /// The message without a list of channels (`channels_redis/serializers.py serialize`).
  var body: [UInt8] {
    switch format {
    case .json: return [UInt8(ascii: "{")] + head[fields] + [UInt8(ascii: "}")]
    case .msgpack:
      var writer = MessagePackWriter(capacity: fields.count + 5)
      // The count was written once, with one more.
      try? writer.appendMapHeader(count: count)
      return writer.bytes + head[fields]
    }
  }
}
