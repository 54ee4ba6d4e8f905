/// A layer's serializer, made once: keys take OpenSSL to be loaded.
final class SerializerSource {
  private let configuration: LayerConfiguration
  private var made: Serializer?

  init(_ configuration: LayerConfiguration) { self.configuration = configuration }

  func serializer() throws(FernetError) -> Serializer {
    if let made { return made }
    let serializer = try Serializer(configuration)
    made = serializer
    return serializer
  }
}

/// How a layer writes messages into queues, and reads them there (`channels_redis/serializers.py`).
package struct Serializer {
  let format: LayerConfiguration.SerializerFormat
  /// Bytes before each message that keep equal ones apart; they stand outside what is encrypted.
  let prefixLength: Int
  /// Nil: plain text.
  let fernet: Fernet?
  /// Seconds for which a token is read; nil: for ever.
  private let tokenLife: Int?

  package init(_ configuration: LayerConfiguration) throws(FernetError) {
    format = configuration.serializer
    switch configuration.backend {
    case .core:
      prefixLength = configuration.randomPrefixLength
      fernet = try Fernet(secrets: configuration.encryptionKeys)
      tokenLife = configuration.expiry + 10
    case .pubsub:
      prefixLength = 0
      fernet = try Fernet(
        secrets: configuration.encryptsPubSub ? configuration.encryptionKeys : [])
      tokenLife = nil
    }
  }

  /// What a message's members begin with in all queues of a group.
  func shared(_ head: [UInt8], _ prefixes: inout MessagePrefixes) -> [UInt8] {
    prefixes.next(before: fernet == nil ? head : [])
  }

  /// What follows it in one queue.
  ///
  /// - Parameter now: seconds since 1970, which a token carries.
  func rest(of head: [UInt8], for channels: [[UInt8]], now: Double) throws(FernetError) -> [UInt8] {
    let list = Self.list(channels, as: format)
    return try fernet?.encrypt(head + list, now: Int(now)) ?? list
  }

  /// A whole message, as a pub/sub layer publishes it (`channels_redis/serializers.py serialize`).
  func body(of fields: Object, now: Double) throws(ChannelsError) -> [UInt8] {
    var body: [UInt8]
    do {
      body =
        format == .json
        ? Array(Value.object(fields).pythonJSON.utf8) : try MessagePackWriter.write(.object(fields))
    } catch {
      throw .unsendable(.encoding(error))
    }
    do {
      if let fernet { body = try fernet.encrypt(body, now: Int(now)) }
    } catch {
      throw .encryption(error)
    }
    return body
  }

  /// The value of a queue's member, without what stands before it.
  func read(_ body: ArraySlice<UInt8>, now: Double) throws(ReceivedMessage.Fault) -> Value {
    guard let fernet else {
      // In MessagePack it would begin with a number, in JSON with nothing.
      if body.starts(with: Self.tokenStart) { throw .encrypted(.noKeys) }
      return try Self.read(body, as: format)
    }
    let message: [UInt8]
    do {
      message = try fernet.decrypt(body, ttl: tokenLife, now: Int(now))
    } catch {
      throw .encrypted(error)
    }
    return try Self.read(message[...], as: format)
  }

  /// Of a Fernet token in base64: its version and the first bytes of its time, for some centuries.
  private static let tokenStart = Array("gAAAAA".utf8)

  /// A message up to where the list of channels belongs: its last key is written, the value is not
  /// (`channels_redis/core.py group_send`).
  static func head(
    of fields: Object, as format: LayerConfiguration.SerializerFormat
  ) throws(MessagePackError) -> [UInt8] {
    guard format == .msgpack else {
      let members = fields.members.map { "\($0.key.pythonJSON): \($0.value.pythonJSON), " }
      return Array("{\(members.joined())\(Message.channelKey.pythonJSON): ".utf8)
    }
    var writer = MessagePackWriter(capacity: 512)
    try writer.appendMapHeader(count: fields.members.count + 1)
    for (key, value) in fields.members {
      try writer.append(string: key)
      try writer.append(value)
    }
    try writer.append(string: Message.channelKey)
    return writer.bytes
  }

  /// The list of channels, and what ends the message after it.
  private static func list(
    _ channels: [[UInt8]], as format: LayerConfiguration.SerializerFormat
  ) -> [UInt8] {
    let names = Value.array(channels.map { .string(String(decoding: $0, as: UTF8.self)) })
    switch format {
    case .json: return Array("\(names.pythonJSON)}".utf8)
    // Fails for lists and names of more than 4 GiB.
    case .msgpack: return (try? MessagePackWriter.write(names)) ?? []
    }
  }

  /// A brace begins no message in MessagePack: there it is the number 123.
  private static func read(
    _ body: ArraySlice<UInt8>, as format: LayerConfiguration.SerializerFormat
  ) throws(ReceivedMessage.Fault) -> Value {
    guard format == .json || body.first == UInt8(ascii: "{") else {
      do { return try MessagePackReader.read(body) } catch { throw .decoding(error) }
    }
    do { return try JSONReader.read(Array(body)) } catch { throw .json(error) }
  }
}
