import Core

/// One entry of CHANNEL_LAYERS (`channels_redis/core.py RedisChannelLayer.__init__`,
/// `channels_redis/pubsub.py RedisPubSubChannelLayer.__init__`).
struct LayerSettings {
  static let key = "CHANNEL_LAYERS"
  static let versionKey = "layer_version"
  static let defaultName = "default"

  private(set) var layer = LayerConfiguration()
  /// Nil: the entry names none.
  private(set) var hosts: [RedisHost]?
  private(set) var problems = ConfigurationProblems()
  /// The CONFIG, for where a value is from.
  private(set) var config: Setting?

  /// The entry of that name; nil where the file has no layers.
  ///
  /// - Parameters:
  ///   - name: nil where none was asked for: then the default one.
  ///   - backend: what was asked for; the class is then not looked at.
  static func read(
    _ name: String?, of fields: Object, backend: LayerConfiguration.Backend?
  ) throws(UsageError) -> LayerSettings? {
    guard let layers = Setting(key, of: fields) else { return nil }
    let names = try layers.members().map(\.name)
    guard let entry = layers.member(name ?? defaultName) else {
      if names.isEmpty, name == nil { return nil }
      let wanted = name ?? defaultName
      let meant = Suggestions.nearest(to: wanted, among: names)
      throw layers.fault(
        names.isEmpty
          ? "has no layer '\(wanted)', nor any other"
          : "has no layer '\(wanted)', only \(names.joined(separator: ", "))",
        hint: meant.map { "did you mean --layer \($0)?" } ?? names.first.map { "--layer \($0)" })
    }
    return LayerSettings(entry, fields, backend: backend)
  }

  init(_ entry: Setting, _ fields: Object, backend: LayerConfiguration.Backend?) {
    attempt { settings throws(UsageError) in
      settings.layer.backend = if let backend { backend } else { try Self.backend(of: entry) }
    }
    attempt { settings throws(UsageError) in
      settings.layer.layerVersion = try Self.version(in: fields)
    }
    config = entry.member("CONFIG")
    attempt { settings throws(UsageError) in
      for (name, setting) in try settings.config?.members() ?? [] {
        settings.attempt { settings throws(UsageError) in try settings.read(name, setting) }
      }
    }
  }

  /// Takes a step, and notes its error.
  private mutating func attempt(_ step: (inout LayerSettings) throws(UsageError) -> Void) {
    do {
      try step(&self)
    } catch {
      problems.add(error)
    }
  }

  /// The release of channels_redis that the site runs.
  static func version(in fields: Object) throws(UsageError) -> String? {
    guard let setting = Setting(versionKey, of: fields), let text = try setting.optionalText()
    else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, Int(parts[0]) != nil, Int(parts[1]) != nil else {
      throw setting.fault("'\(text)' is not a version such as 4.2.1")
    }
    return text
  }

  private mutating func read(_ name: String, _ setting: Setting) throws(UsageError) {
    let isCore = layer.backend == .core
    switch name {
    case "hosts": try readHosts(setting)
    case "prefix": layer.prefix = try setting.text()
    case "symmetric_encryption_keys": layer.encryptionKeys = try Self.keys(setting)
    case "serializer_format": layer.serializer = try Self.serializer(setting)
    // The pub/sub layer takes these and does nothing with them.
    case "expiry", "group_expiry", "capacity", "channel_capacity", "random_prefix_length":
      if isCore { try readLimit(name, setting) }
    case "on_disconnect" where !isCore, "on_reconnect" where !isCore: break
    case "master_name", "sentinels", "sentinel_kwargs":
      throw setting.fault(
        "stands beside hosts, where channels_redis does not take it",
        hint: #""hosts": [{"sentinels": [["host", 26379]], "master_name": "mymaster"}]"#)
    default: problems.warnOfUnknown(setting, name: name, among: Self.keys)
    }
  }

  private mutating func readLimit(_ name: String, _ setting: Setting) throws(UsageError) {
    let seconds = 1...1_000_000_000
    switch name {
    case "expiry": layer.expiry = try setting.integer(in: seconds)
    case "group_expiry": layer.groupExpiry = try setting.integer(in: seconds)
    case "capacity": layer.capacity = try setting.integer(in: 1...Int.max)
    case "random_prefix_length": layer.randomPrefixLength = try setting.integer(in: 0...1024)
    default:
      guard setting.value != .null else { return }
      layer.channelCapacity = try setting.members().map { (pattern, setting) throws(UsageError) in
        .init(pattern: pattern, capacity: try setting.integer(in: 1...Int.max))
      }
    }
  }

  /// As `channels_redis/utils.py decode_hosts`.
  private mutating func readHosts(_ setting: Setting) throws(UsageError) {
    if setting.value == .null || setting.value == .array([]) {
      hosts = [.server(RedisAddress(endpoint: .tcp(host: "localhost", port: 6379)))]
      return
    }
    var read: [RedisHost] = []
    for entry in try setting.elements("a list: channels_redis wants one even for a single host") {
      attempt { settings throws(UsageError) in
        read.append(try HostSettings.host(entry, &settings.problems))
      }
    }
    hosts = read
  }

  private static let keys = [
    "hosts", "prefix", "expiry", "group_expiry", "capacity", "channel_capacity",
    "symmetric_encryption_keys", "serializer_format", "random_prefix_length",
  ]

  private static func keys(_ setting: Setting) throws(UsageError) -> [String] {
    guard setting.value != .null else { return [] }
    return try setting.elements("a list of strings").map { key throws(UsageError) in
      let text = try key.text()
      guard !text.isEmpty else { throw key.fault("is an empty key") }
      return text
    }
  }

  private static func serializer(
    _ setting: Setting
  ) throws(UsageError) -> LayerConfiguration.SerializerFormat {
    guard let format = try LayerConfiguration.SerializerFormat(rawValue: setting.text()) else {
      throw setting.fault(
        "is neither msgpack nor json; a serializer of the project's own is not known here")
    }
    return format
  }

  static func backend(of entry: Setting) throws(UsageError) -> LayerConfiguration.Backend {
    guard let setting = entry.member("BACKEND") else { throw entry.fault("has no BACKEND") }
    switch try setting.text() {
    case "channels_redis.core.RedisChannelLayer": return .core
    case "channels_redis.pubsub.RedisPubSubChannelLayer": return .pubsub
    case "channels.layers.InMemoryChannelLayer":
      throw setting.fault(
        "the in-memory layer lives within one process of the site, and nothing else reaches it",
        hint: "channels_redis.core.RedisChannelLayer is a layer for several processes")
    case let name:
      throw setting.fault(
        "'\(name)' is not a layer of channels_redis",
        hint: "where it is a subclass of one, --backend core or --backend pubsub says of which")
    }
  }
}
