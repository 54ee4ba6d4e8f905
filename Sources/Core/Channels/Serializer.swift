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
  func body(of message: EncodedMessage, now: Double) throws(FernetError) -> [UInt8] {
    let body = message.body
    return try fernet?.encrypt(body, now: Int(now)) ?? body
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
