extension Message {
  /// The message as a pub/sub layer sends it: all of it, and nothing else
  /// (`channels_redis/serializers.py as_bytes`).
  func serialized(as format: LayerConfiguration.SerializerFormat) throws(Fault) -> [UInt8] {
    switch format {
    case .json:
      return Array(Value.object(fields).pythonJSON.utf8)
    case .msgpack:
      var writer = MessagePackWriter()
      do { try writer.append(.object(fields)) } catch { throw .encoding(error) }
      return writer.bytes
    }
  }
}
