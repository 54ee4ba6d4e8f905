import Core

extension GlobalOptions {
  /// The layer on one of its hosts, nothing said about it.
  func layer(on host: RedisHost, _ console: Console) -> any ChannelLayer {
    let clients = clients([host], console, [], 0)
    return switch layer.backend {
    case .core: CoreLayer(clients, configuration: layer)
    case .pubsub: PubSubLayer(clients, configuration: layer)
    }
  }

  func clients(
    _ hosts: [RedisHost], _ console: Console, _ watched: [Watched], _ grace: Double
  ) -> [RedisClient] {
    var settings = RedisClient.Settings()
    settings.connectTimeout = connectTimeout
    settings.watched = watched
    settings.grace = grace
    if verbosity > 1 { settings.trace = { console.note("> \($0)") } }
    if verbosity > 0 {
      settings.connected = { console.note("connected to \($0) in \(milliseconds($1)) ms") }
    }
    return hosts.map { RedisClient($0, settings) }
  }

  /// What is to be said of hosts whose certificate is not looked at.
  static let unverified =
    "ssl_cert_reqs=none: whoever is on the way to Redis can read and write"

  /// What nobody can tell of the layer from its configuration.
  var layerDoubt: String? {
    guard layer.backend == .pubsub, !layer.encryptionKeys.isEmpty, layer.layerVersion == nil else {
      return nil
    }
    return "messages are encrypted, which pub/sub of channels_redis before 4.2.1 does not read: "
      + "\"layer_version\" in the configuration tells which it is"
  }
}
