import Core

extension GlobalOptions {
  /// The layer; its hosts are connected to when they are first needed.
  ///
  /// - Parameter watched: descriptors that interrupt every wait.
  func openLayer(
    _ hosts: [RedisHost], _ console: Console, watched: [Watched] = []
  ) -> any ChannelLayer {
    openLayer(hosts, settings(console, watched), console)
  }

  /// The same to send messages: a signal interrupts every wait, and what is under way then has its grace.
  ///
  /// - Parameter patience: seconds after which a silent server is given up.
  func openSender(
    _ hosts: [RedisHost], _ console: Console, patience: Double = .infinity
  ) -> any ChannelLayer {
    var settings = settings(console, [.readable(Signals.descriptor)])
    settings.grace = Signals.grace
    settings.patience = patience
    settings.stall = 1
    return openLayer(hosts, settings, console)
  }

  /// The same where it is known to be the core layer.
  func open(
    _ hosts: [RedisHost], _ console: Console, watched: [Watched] = []
  ) -> CoreLayer {
    open(hosts, settings(console, watched))
  }

  /// The same where it is known to be the pub/sub layer.
  func openPubSub(
    _ hosts: [RedisHost], _ console: Console, watched: [Watched] = []
  ) -> PubSubLayer {
    openPubSub(hosts, settings(console, watched), console)
  }

  private func openLayer(
    _ hosts: [RedisHost], _ settings: RedisClient.Settings, _ console: Console
  ) -> any ChannelLayer {
    switch layer.backend {
    case .core: open(hosts, settings)
    case .pubsub: openPubSub(hosts, settings, console)
    }
  }

  private func open(_ hosts: [RedisHost], _ settings: RedisClient.Settings) -> CoreLayer {
    CoreLayer(hosts.map { RedisClient($0, settings) }, configuration: layer)
  }

  private func openPubSub(
    _ hosts: [RedisHost], _ settings: RedisClient.Settings, _ console: Console
  ) -> PubSubLayer {
    if let doubt = layerDoubt { console.note("warning: \(doubt)") }
    return PubSubLayer(hosts.map { RedisClient($0, settings) }, configuration: layer)
  }

  /// The layer on one of its hosts, nothing said about it.
  func layer(on host: RedisHost, _ console: Console) -> any ChannelLayer {
    let client = RedisClient(host, settings(console, []))
    return switch layer.backend {
    case .core: CoreLayer([client], configuration: layer)
    case .pubsub: PubSubLayer([client], configuration: layer)
    }
  }

  private func settings(_ console: Console, _ watched: [Watched]) -> RedisClient.Settings {
    var settings = RedisClient.Settings()
    settings.connectTimeout = connectTimeout
    settings.watched = watched
    if verbosity > 1 { settings.trace = { console.note("> \($0)") } }
    if verbosity > 0 {
      settings.connected = { console.note("connected to \($0) in \(milliseconds($1)) ms") }
    }
    return settings
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
