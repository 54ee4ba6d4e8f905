import Core

// What the options say of the layer and its messages, before what the configuration file says.

extension GlobalOptions {
  static func configuredLayer(_ arguments: ParsedArguments) throws(UsageError) -> LayerSettings? {
    let name = try arguments[layerName]
    let backend = try arguments[backend].flatMap(LayerConfiguration.Backend.init)
    if let read = try LayerSettings.read(name, of: arguments.settings, backend: backend) {
      return read
    }
    if let name, let origin = arguments.origin(of: layerName), name != LayerSettings.defaultName {
      throw .invalid(
        what: origin, detail: "no layer '\(name)', since no configuration names layers",
        hint: "--config FILE names a file with CHANNEL_LAYERS")
    }
    return nil
  }

  static func layer(
    _ arguments: ParsedArguments, _ configured: LayerSettings?
  ) throws(UsageError) -> LayerConfiguration {
    var layer = configured?.layer ?? LayerConfiguration()
    if configured == nil {
      layer.backend = try arguments[backend].flatMap(LayerConfiguration.Backend.init) ?? .core
      layer.layerVersion = try LayerSettings.version(in: arguments.settings)
    }
    layer.prefix = try arguments[prefix] ?? layer.prefix
    layer.serializer =
      try arguments[serializer].flatMap(LayerConfiguration.SerializerFormat.init)
      ?? layer.serializer
    layer.capacity = try arguments[capacity] ?? layer.capacity
    layer.expiry = try arguments[expiry] ?? layer.expiry
    layer.groupExpiry = try arguments[groupExpiry] ?? layer.groupExpiry
    return layer
  }

  static func readEnvelope(_ arguments: ParsedArguments) throws(UsageError) -> Envelope {
    if let text = try arguments[envelope] {
      do {
        return try Envelope(text)
      } catch {
        throw .invalid(what: envelope.spec.long, detail: Failure.text(error, in: Array(text.utf8)))
      }
    }
    return try Setting(envelopeKey, of: arguments.settings).map(envelope(configured:)) ?? .html
  }

  /// The name of one, or the message itself as an object.
  static func envelope(configured setting: Setting) throws(UsageError) -> Envelope {
    let text = setting.value.object == nil ? try setting.text() : setting.value.json
    do {
      return try Envelope(text)
    } catch {
      throw setting.fault(Failure.text(error, in: Array(text.utf8)))
    }
  }

  static func readChatGroup(_ arguments: ParsedArguments) throws(UsageError) -> String? {
    if let pattern = try arguments[chatGroup] {
      guard pattern.filling([(chatPlace, "")]) != pattern else {
        throw .invalid(what: chatGroup.spec.long, detail: "'\(pattern)' holds no \(chatPlace)")
      }
      return pattern
    }
    return try Setting(chatGroupKey, of: arguments.settings).map(chatGroup(configured:))
  }

  static func chatGroup(configured setting: Setting) throws(UsageError) -> String {
    let pattern = try setting.text()
    guard pattern.filling([(chatPlace, "")]) != pattern else {
      throw setting.fault("'\(pattern)' holds no \(chatPlace)")
    }
    return pattern
  }

  static let envelopeKey = "envelope"
  static let chatGroupKey = "chat_group"
}
