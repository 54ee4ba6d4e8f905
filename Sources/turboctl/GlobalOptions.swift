import Core

/// The options that every command takes, read once.
struct GlobalOptions {
  var layer: LayerConfiguration
  let envelope: Envelope
  let chatGroup: String
  let connectTimeout: Double?
  let timeout: Double?
  let isJSON: Bool
  let isQuiet: Bool
  /// 1: also what is done; 2: each Redis command.
  let verbosity: Int
  let servers: ServerSettings
  /// What the configuration file says of the layer.
  let configured: LayerSettings?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    configured = try Self.configuredLayer(arguments)
    if let error = configured?.problems.errors.first { throw error }
    layer = try Self.layer(arguments, configured)
    servers = try ServerSettings(arguments, configured)
    envelope = try Self.readEnvelope(arguments)
    chatGroup = try Self.readChatGroup(arguments) ?? envelope.chatGroup
    connectTimeout = try arguments.positive(Self.connectTimeout)
    timeout = try arguments.positive(Self.timeout)
    isJSON = arguments.contains(Self.json)
    isQuiet = arguments.contains(Self.quiet)
    verbosity = arguments.count(Self.verbose)
  }

  /// The hosts of the layer in Django's order, each with the password that it needs.
  func hosts(_ console: Console) throws(CommandError) -> [RedisHost] {
    let hosts = try servers.hosts(console)
    if hosts.contains(where: \.isUnverified) { console.note("warning: \(Self.unverified)") }
    return hosts
  }

  /// For a command that the pub/sub layer has nothing for.
  func requireCoreLayer(_ command: [String]) throws(UsageError) {
    guard layer.backend == .core else {
      throw .invalid(
        what: command.joined(separator: " "),
        detail: "the pub/sub layer keeps nothing in Redis: no groups, no queues, no messages")
    }
  }

  /// The group that a chat's id stands for.
  func group(ofChat id: String) throws(CommandError) -> GroupName {
    try Self.group(chatGroup.filling([(Self.chatPlace, id)]))
  }

  static func group(_ name: String) throws(CommandError) -> GroupName {
    do {
      return try GroupName(name)
    } catch {
      throw .groupName(error, name: name)
    }
  }

  /// `--color` as typed: errors of the command line are coloured too, so it is not parsed for this.
  static func colorChoice(_ arguments: [String]) -> ColorChoice? {
    let words = arguments.prefix { $0 != "--" }
    guard let place = words.lastIndex(where: { $0.hasPrefix(color.spec.long) }) else { return nil }
    let attached = words[place].dropFirst(color.spec.long.count)
    return attached.isEmpty
      ? words.dropFirst(place + 1).first.flatMap(ColorChoice.init)
      : ColorChoice(rawValue: String(attached.dropFirst()))
  }
}

extension ParsedArguments {
  /// A duration that must not be 0.
  func positive(_ option: Option<Double>) throws(UsageError) -> Double? {
    guard let seconds = try self[option] else { return nil }
    guard seconds > 0 else {
      throw .invalid(what: option.spec.long, detail: "must be more than 0")
    }
    return seconds
  }
}

extension GlobalOptions {
  static let chatPlace = "{id}"
  static let defaultURL = "redis://127.0.0.1:6379/0"
  private static let section = "Global options"
  private static let layerSection = "Layer options"

  static let redis = Option.text(
    "redis", placeholder: "URL", kind: .url, isRepeatable: true,
    environment: ["TURBOCTL_REDIS_URL", "REDIS_URL"], defaultValue: defaultURL,
    section: section, summary: "The Redis of the channel layer",
    details: """
      redis://[user:pass@]host[:port][/db], rediss:// (TLS) or unix:///path?db=N, with the query \
      parameters that redis-py takes; redis+sentinel://[user:pass@]host[:port],host/MASTER[/db] asks \
      sentinels for the master. Several are the shards, in the order of Django's hosts. A password is \
      better given by --password-file, --askpass, TURBOCTL_REDIS_PASSWORD or REDISCLI_AUTH.
      """)
  static let config = Option.text(
    "config", placeholder: "FILE", kind: .file, environment: ["TURBOCTL_CONFIG"], section: section,
    summary: "A configuration file in JSON",
    details: """
      Else ./turboctl.json, if it is yours or root's and nobody else may write it, or \
      turboctl/config.json below XDG_CONFIG_HOME or ~/.config. See help configuration.
      """)
  static let passwordFile = Option.text(
    "password-file", placeholder: "FILE", kind: .file, section: section,
    summary: "The password of Redis: the file's first line", rank: .special)
  static let askpass = Switch(
    "askpass", section: section, summary: "Ask for the password of Redis on the terminal",
    rank: .special)
  static let layerName = Option.text(
    "layer", placeholder: "NAME", kind: .layer, environment: ["TURBOCTL_LAYER"],
    defaultValue: "default", section: section,
    summary: "The entry of CHANNEL_LAYERS in the configuration file", rank: .special)
  static let envelope = Option.text(
    "envelope", placeholder: "ENVELOPE", kind: .json, defaultValue: "html",
    section: section, summary: "html, actioncable, or a JSON message of your own",
    details: """
      html is {"type": "html_message", "html": H}; actioncable is {"type": "action_cable_message", \
      "group": G, "message": H}; a JSON object is a message of your own, in whose strings {html} and \
      {group} are replaced.
      """)
  static let chatGroup = Option.text(
    "chat-group", placeholder: "PATTERN", defaultValue: "turbo_stream.chat_{id}", section: section,
    summary: "Which group the id of a chat means",
    details: "With the actioncable envelope the default is chat_{id}.", rank: .special)
  static let connectTimeout = Option.seconds(
    "connect-timeout", defaultValue: "5", section: section,
    summary: "Longest wait for a connection", rank: .special)
  static let timeout = Option.seconds(
    "timeout", defaultValue: "30", section: section, summary: "Longest run of the whole command",
    details: """
      tail, pipe, bench, --batch, --each-line and --watch have none unless one is given; but pipe and a batch \
      give a server up that says nothing for 10 s. send adds the seconds of --wait and --confirm to the default.
      """)
  static let json = Switch(
    "json", section: section, summary: "Results and errors as JSON, an object a line")
  static let quiet = Switch(
    "quiet", short: "q", section: section, summary: "No results, only errors")
  static let verbose = Switch(
    "verbose", short: "v", isRepeatable: true, section: section,
    summary: "Also what is done; -vv each Redis command, without payloads")
  static let color = Option.choice(
    "color", of: ColorChoice.allCases.map(\.rawValue), placeholder: "WHEN", defaultValue: "auto",
    section: section, summary: "Colours: auto is on a terminal alone",
    details: "auto also heeds NO_COLOR and CLICOLOR_FORCE.", rank: .special)
  static let backend = Option.choice(
    "backend", of: LayerConfiguration.Backend.allCases.map(\.rawValue), placeholder: "BACKEND",
    defaultValue: "core", section: layerSection,
    summary: "core or pubsub, the two layers of channels_redis", rank: .special)
  static let serializer = Option.choice(
    "serializer", of: LayerConfiguration.SerializerFormat.allCases.map(\.rawValue),
    placeholder: "FORMAT", defaultValue: "msgpack", section: layerSection,
    summary: "msgpack or json: the layer's serializer_format", rank: .special)
  static let prefix = Option.text(
    "prefix", placeholder: "P", defaultValue: "asgi", section: layerSection,
    summary: "Prefix of the layer's keys", rank: .special)
  static let capacity = Option.integer(
    "capacity", in: 1...Int.max, defaultValue: "100", section: layerSection,
    summary: "Messages that may wait in a process's queue", rank: .special)
  static let expiry = Option.wholeSeconds(
    "expiry", defaultValue: "60", section: layerSection,
    summary: "Seconds that a message waits for its reader", rank: .special)
  static let groupExpiry = Option.wholeSeconds(
    "group-expiry", defaultValue: "86400", section: layerSection,
    summary: "Seconds that a channel stays in a group", rank: .special)

  static let specs: [OptionSpec] = [
    redis.spec, layerName.spec, config.spec, passwordFile.spec, askpass.spec, envelope.spec,
    chatGroup.spec, connectTimeout.spec,
    timeout.spec,
    json.spec, quiet.spec, verbose.spec, color.spec, Switch.help.spec, Switch.version.spec,
    backend.spec, prefix.spec, serializer.spec, capacity.spec, expiry.spec, groupExpiry.spec,
  ]
}
