import Core

/// The options that every command takes, read once.
struct GlobalOptions {
  let layer: LayerConfiguration
  let envelope: Envelope
  let chatGroup: String
  let connectTimeout: Double?
  let timeout: Double?
  let isJSON: Bool
  let isQuiet: Bool
  /// 1: also what is done; 2: each Redis command.
  let verbosity: Int
  private let url: String
  private let urlOrigin: String
  private let isURLTyped: Bool
  private let passwordFile: String?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    var layer = LayerConfiguration()
    layer.backend =
      try arguments[Self.backend].flatMap(LayerConfiguration.Backend.init) ?? layer.backend
    layer.serializer =
      try arguments[Self.serializer].flatMap(LayerConfiguration.SerializerFormat.init)
      ?? layer.serializer
    layer.prefix = try arguments[Self.prefix] ?? layer.prefix
    layer.capacity = try arguments[Self.capacity] ?? layer.capacity
    layer.expiry = try arguments[Self.expiry] ?? layer.expiry
    layer.groupExpiry = try arguments[Self.groupExpiry]
    self.layer = layer
    envelope = try Self.readEnvelope(arguments)
    chatGroup = try Self.readChatGroup(arguments) ?? envelope.chatGroup
    connectTimeout = try arguments[Self.connectTimeout]
    timeout = try arguments[Self.timeout]
    for (option, seconds) in [(Self.timeout, timeout), (Self.connectTimeout, connectTimeout)]
    where seconds == 0 {
      throw .invalid(what: option.spec.long, detail: "must be more than 0")
    }
    isJSON = arguments.contains(Self.json)
    isQuiet = arguments.contains(Self.quiet)
    verbosity = arguments.count(Self.verbose)
    let hosts = try arguments.all(Self.redis)
    guard hosts.count <= 1 else {
      throw .invalid(
        what: "--redis",
        detail: "given \(hosts.count) times, and a layer of several hosts cannot be reached yet")
    }
    url = hosts.first ?? Self.defaultURL
    urlOrigin = arguments.origin(of: Self.redis) ?? Self.redis.spec.long
    isURLTyped = arguments.wasTyped(Self.redis)
    passwordFile = try arguments[Self.passwordFile]
  }

  /// The server's address, with a password from the file or the environment where the URL has none.
  func address(_ console: Console) throws(CommandError) -> RedisAddress {
    var address: RedisAddress
    do {
      address = try RedisURL.parse(url)
    } catch {
      throw .address(error, origin: urlOrigin)
    }
    if address.password != nil, isURLTyped, console.errors.isTerminal {
      console.note(
        "warning: every user of this machine can read a password in the arguments; "
          + "--password-file keeps it from them")
    }
    if address.tls?.verifiesCertificate == false {
      console.note("warning: ssl_cert_reqs=none: whoever is on the way to Redis can read and write")
    }
    if let passwordFile {
      address.password = try Self.readPassword(passwordFile)
    } else if address.password == nil {
      let variables = ["TURBOCTL_REDIS_PASSWORD", "REDISCLI_AUTH"]
      address.password = variables.lazy.compactMap(console.environment).first { !$0.isEmpty }
    }
    return address
  }

  /// The file's first line.
  private static func readPassword(_ path: String) throws(CommandError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try Input.readFile(path, Deadline(seconds: 5), limit: 1 << 16)
    } catch {
      throw .content(.unreadable(origin: path, error))
    }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty, let password = String(validating: line, as: UTF8.self) else {
      throw .usage(.invalid(what: passwordFile.spec.long, detail: "'\(path)' holds no password"))
    }
    return password
  }

  /// The layer's hosts, in Django's order.
  func hosts(_ console: Console) throws(CommandError) -> [RedisHost] {
    [.server(try address(console))]
  }

  /// The layer; its hosts are connected to when they are first needed.
  ///
  /// - Parameter watched: descriptors that interrupt every wait.
  func openLayer(
    _ hosts: [RedisHost], _ console: Console, watched: [Watched] = []
  ) -> any ChannelLayer {
    switch layer.backend {
    case .core: open(hosts, console, watched: watched)
    case .pubsub: openPubSub(hosts, console, watched: watched)
    }
  }

  /// The same where it is known to be the core layer.
  func open(_ hosts: [RedisHost], _ console: Console, watched: [Watched] = []) -> CoreLayer {
    CoreLayer(clients(hosts, console, watched), configuration: layer)
  }

  /// The same where it is known to be the pub/sub layer.
  func openPubSub(_ hosts: [RedisHost], _ console: Console, watched: [Watched] = []) -> PubSubLayer
  {
    PubSubLayer(clients(hosts, console, watched), configuration: layer)
  }

  /// For a command that the pub/sub layer has nothing for.
  func requireCoreLayer(_ command: [String]) throws(UsageError) {
    guard layer.backend == .core else {
      throw .invalid(
        what: command.joined(separator: " "),
        detail: "the pub/sub layer keeps nothing in Redis: no groups, no queues, no messages")
    }
  }

  private func clients(
    _ hosts: [RedisHost], _ console: Console, _ watched: [Watched]
  ) -> [RedisClient] {
    var settings = RedisClient.Settings()
    settings.connectTimeout = connectTimeout
    settings.watched = watched
    if verbosity > 1 { settings.trace = { console.note("> \($0)") } }
    if verbosity > 0 {
      settings.connected = { console.note("connected to \($0) in \(milliseconds($1)) ms") }
    }
    return hosts.map { RedisClient($0, settings) }
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

  private static func readEnvelope(_ arguments: ParsedArguments) throws(UsageError) -> Envelope {
    guard let text = try arguments[envelope] else { return .html }
    do {
      return try Envelope(text)
    } catch {
      throw .invalid(what: envelope.spec.long, detail: Failure.text(error, in: Array(text.utf8)))
    }
  }

  private static func readChatGroup(_ arguments: ParsedArguments) throws(UsageError) -> String? {
    guard let pattern = try arguments[chatGroup] else { return nil }
    guard pattern.filling([(chatPlace, "")]) != pattern else {
      throw .invalid(what: chatGroup.spec.long, detail: "'\(pattern)' holds no \(chatPlace)")
    }
    return pattern
  }
}

extension GlobalOptions {
  private static let chatPlace = "{id}"
  static let defaultURL = "redis://127.0.0.1:6379/0"
  private static let section = "Global options"
  private static let layerSection = "Layer options"

  static let redis = Option.text(
    "redis", placeholder: "URL", kind: .url,
    environment: ["TURBOCTL_REDIS_URL", "REDIS_URL"], defaultValue: defaultURL,
    section: section, summary: "The Redis of the channel layer",
    details: """
      redis://[user:pass@]host[:port][/db], rediss:// (TLS) or unix:///path?db=N, with the query \
      parameters that redis-py takes. A password is better given by --password-file, TURBOCTL_REDIS_PASSWORD or REDISCLI_AUTH.
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
    summary: "The password of Redis: the file's first line")
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
    details: "With the actioncable envelope the default is chat_{id}.")
  static let connectTimeout = Option.seconds(
    "connect-timeout", defaultValue: "5", section: section, summary: "Longest wait for a connection"
  )
  static let timeout = Option.seconds(
    "timeout", defaultValue: "30", section: section, summary: "Longest run of the whole command",
    details: """
      tail and --watch have none unless one is given; send adds the seconds of --wait to the default.
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
    details: "auto also heeds NO_COLOR and CLICOLOR_FORCE.")
  static let backend = Option.choice(
    "backend", of: LayerConfiguration.Backend.allCases.map(\.rawValue), placeholder: "NAME",
    defaultValue: "core", section: layerSection,
    summary: "core or pubsub: RedisChannelLayer or RedisPubSubChannelLayer")
  static let serializer = Option.choice(
    "serializer", of: LayerConfiguration.SerializerFormat.allCases.map(\.rawValue),
    placeholder: "NAME", defaultValue: "msgpack", section: layerSection, summary: "msgpack or json")
  static let prefix = Option.text(
    "prefix", placeholder: "P", defaultValue: "asgi", section: layerSection,
    summary: "Prefix of the layer's keys")
  static let capacity = Option.integer(
    "capacity", in: 1...Int.max, defaultValue: "100", section: layerSection,
    summary: "Messages that may wait in a process's queue")
  static let expiry = Option.integer(
    "expiry", in: 1...1_000_000_000, placeholder: "S", defaultValue: "60", section: layerSection,
    summary: "Seconds that a message waits for its reader")
  static let groupExpiry = Option.integer(
    "group-expiry", in: 1...1_000_000_000, placeholder: "S", defaultValue: "86400",
    section: layerSection, summary: "Seconds that a channel stays in a group")

  static let specs: [OptionSpec] = [
    redis.spec, config.spec, passwordFile.spec, envelope.spec, chatGroup.spec, connectTimeout.spec,
    timeout.spec,
    json.spec, quiet.spec, verbose.spec, color.spec, Switch.help.spec, Switch.version.spec,
    backend.spec, serializer.spec, prefix.spec, capacity.spec,
    expiry.spec, groupExpiry.spec,
  ]
}
