import Core

/// Every setting as a command would use it, and where it is from.
struct EffectiveSettings {
  struct Row {
    let key: String
    let value: Value
    /// The value for people.
    let text: String
    /// The option, `$VARIABLE`, `FILE: KEY`, or `default`.
    let origin: String

    init(_ key: String, _ value: Value, text: String? = nil, _ origin: String) {
      self.key = key
      self.value = value
      self.text = text ?? value.string ?? (value == .null ? "" : value.json)
      self.origin = origin
    }
  }

  private(set) var rows: [Row] = []
  private let arguments: ParsedArguments
  private let global: GlobalOptions

  init(_ arguments: ParsedArguments, _ console: Console) throws(CommandError) {
    self.arguments = arguments
    do {
      global = try GlobalOptions(arguments)
      // Its mistakes would be met only by a command that renders.
      _ = try TemplateSettings(arguments.settings)
    } catch {
      throw .usage(error)
    }
    let file = arguments.settingsFile
    let asked = arguments.origin(of: GlobalOptions.config)
    rows.append(Row("config", file.map(Value.string) ?? .null, asked ?? Self.byDefault))
    try addHosts(console)
    addLayer()
    addMessages()
    addTemplates(console)
  }

  private static let byDefault = "default"

  private mutating func addHosts(_ console: Console) throws(CommandError) {
    let hosts = try global.servers.named(console)
    for (place, host) in hosts.enumerated() {
      let key = "hosts[\(place)]"
      let origin: String
      switch global.servers.origin {
      case .byDefault: origin = Self.byDefault
      case .urls(_, let option): origin = option
      case .configured:
        let list = global.configured?.config?.member("hosts")
        let isNamed = list?.value != .null && list?.value != .array([])
        origin = inFile(list.map { isNamed ? "\($0.key)[\(place)]" : $0.key } ?? key)
      }
      rows.append(Row(key, .object(host.settings), text: host.url, origin))
    }
    if let origin = global.servers.passwordOrigin(hosts, console.environment) {
      rows.append(Row("password", .string(Secrets.mask), origin))
    }
  }

  private mutating func addLayer() {
    let layer = global.layer
    let name = arguments.text(of: GlobalOptions.layerName) ?? LayerSettings.defaultName
    rows.append(Row("layer", .string(name), origin(GlobalOptions.layerName)))
    let entry = Setting(LayerSettings.key, of: arguments.settings)?.member(name)
    let backend = entry?.member("BACKEND").map { inFile($0.key) } ?? Self.byDefault
    rows.append(
      Row(
        "backend", .string(layer.backend.rawValue),
        arguments.origin(of: GlobalOptions.backend) ?? backend))
    rows.append(Row("prefix", .string(layer.prefix), origin(GlobalOptions.prefix, "prefix")))
    rows.append(
      Row(
        "serializer_format", .string(layer.serializer.rawValue),
        origin(GlobalOptions.serializer, "serializer_format")))
    let keys = layer.encryptionKeys.map { _ in Value.string(Secrets.mask) }
    rows.append(
      Row("symmetric_encryption_keys", .array(keys), configOrigin("symmetric_encryption_keys")))
    rows.append(
      Row(
        LayerSettings.versionKey, layer.layerVersion.map(Value.string) ?? .null,
        fileOrigin(LayerSettings.versionKey)))
    if layer.backend == .core { addLimits() }
  }

  /// What the core layer alone has.
  private mutating func addLimits() {
    let layer = global.layer
    rows.append(Row("expiry", .integer(layer.expiry), origin(GlobalOptions.expiry, "expiry")))
    rows.append(
      Row(
        "group_expiry", .integer(layer.memberLife),
        origin(GlobalOptions.groupExpiry, "group_expiry")))
    rows.append(
      Row("capacity", .integer(layer.capacity), origin(GlobalOptions.capacity, "capacity")))
    let limits = Object(layer.channelCapacity.map { ($0.pattern, .integer($0.capacity)) })
    rows.append(Row("channel_capacity", .object(limits), configOrigin("channel_capacity")))
    rows.append(
      Row(
        "random_prefix_length", .integer(layer.randomPrefixLength),
        configOrigin("random_prefix_length")))
  }

  private mutating func addMessages() {
    let envelope =
      arguments.text(of: GlobalOptions.envelope).map(Value.string)
      ?? arguments.settings[GlobalOptions.envelopeKey] ?? .string("html")
    rows.append(
      Row("envelope", envelope, origin(GlobalOptions.envelope, file: GlobalOptions.envelopeKey)))
    rows.append(
      Row(
        "chat_group", .string(global.chatGroup),
        origin(GlobalOptions.chatGroup, file: GlobalOptions.chatGroupKey)))
  }

  private mutating func addTemplates(_ console: Console) {
    let variable = console.environment(TemplateOptions.variable) ?? ""
    var folders = variable.split(separator: ":").map {
      (Value.string(String($0)), "$\(TemplateOptions.variable)")
    }
    if case .array(let configured)? = arguments.settings["templates"] {
      folders += configured.enumerated().map { ($1, inFile("templates[\($0)]")) }
    }
    if folders.isEmpty { folders = [(.string("./templates"), Self.byDefault)] }
    for (place, folder) in folders.enumerated() {
      rows.append(Row("templates[\(place)]", folder.0, folder.1))
    }
    for key in TemplateSettings.keys where key != "templates" {
      let value = arguments.settings[key] ?? TemplateSettings.defaults[key] ?? .null
      let count = value.object.map { counted($0.members.count, "name", "names") }
      rows.append(Row(key, value, text: count, fileOrigin(key)))
    }
  }
}

// MARK: Origins

extension EffectiveSettings {
  private func inFile(_ key: String) -> String { "\(arguments.settingsFile ?? ""): \(key)" }

  /// Of what only the CONFIG of a layer says.
  private func configOrigin(_ key: String) -> String {
    global.configured?.config?.member(key).map { inFile($0.key) } ?? Self.byDefault
  }

  /// Of what only the file says.
  private func fileOrigin(_ key: String) -> String {
    arguments.settings[key] == nil ? Self.byDefault : inFile(key)
  }

  private func origin<Value>(_ option: Option<Value>, file key: String) -> String {
    arguments.origin(of: option) ?? fileOrigin(key)
  }

  private func origin<Value>(_ option: Option<Value>, _ config: String) -> String {
    arguments.origin(of: option) ?? configOrigin(config)
  }

  private func origin<Value>(_ option: Option<Value>) -> String {
    arguments.origin(of: option) ?? Self.byDefault
  }
}

extension ParsedArguments {
  /// The text of an option whose value has been read before.
  fileprivate func text(of option: Option<String>) -> String? { try? self[option] }
}
