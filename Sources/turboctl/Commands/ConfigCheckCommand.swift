import Core

/// Says everything that is wrong with the configuration, then whether its servers are there.
struct ConfigCheckCommand: Command {
  private let arguments: ParsedArguments

  init(_ arguments: ParsedArguments) throws(UsageError) {
    self.arguments = arguments
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    if let file = try ConfigurationFile.found(for: arguments, console) {
      guard try check(file, console) else { return .usage }
    } else {
      try say(.good, "no configuration file: the defaults count", [:], console)
    }
    let global: GlobalOptions
    do {
      global = try GlobalOptions(arguments)
    } catch {
      throw .usage(error)
    }
    let deadline = Deadline(seconds: global.timeout ?? 30)
    var isReached = true
    let hosts = try global.servers.hosts(console)
    if let doubt = global.layerDoubt { try say(.warning, doubt, [:], console) }
    for host in hosts where try !check(host, of: hosts.count, global, deadline, console) {
      isReached = false
    }
    return isReached ? .done : .unreachable
  }

  /// Whether the file is in order.
  private func check(_ file: ConfigurationFile, _ console: Console) throws(CommandError) -> Bool {
    let problems: ConfigurationProblems
    do {
      problems = file.problems(
        usingLayer: try arguments[GlobalOptions.layerName],
        backend: try arguments[GlobalOptions.backend].flatMap(LayerConfiguration.Backend.init))
    } catch {
      throw .usage(error)
    }
    for error in problems.errors { try say(.error, error, in: file, console) }
    for warning in problems.warnings { try say(.warning, warning, in: file, console) }
    if problems.errors.isEmpty {
      try say(.good, "\(file.path): in order", ["file": .string(file.path)], console)
    }
    return problems.errors.isEmpty
  }

  private func say(
    _ role: Style.Role, _ problem: UsageError, in file: ConfigurationFile, _ console: Console
  ) throws(CommandError) {
    let located = file.located(problem)
    var fields: Object = ["file": .string(file.path)]
    if case .misconfigured(let key, _, _) = problem, let place = file.place(of: key) {
      fields["line"] = .integer(place.line)
      fields["column"] = .integer(place.column)
      fields["key"] = .string(key)
    }
    let hint = located.hint.map { "; \($0)" } ?? ""
    try say(role, located.message + hint, fields, console)
  }

  /// Whether a layer's messages can be sent there.
  private func check(
    _ host: RedisHost, of count: Int, _ global: GlobalOptions, _ deadline: Deadline,
    _ console: Console
  ) throws(CommandError) -> Bool {
    if host.isUnverified {
      let text = "\(host): \(GlobalOptions.unverified)"
      try say(.warning, text, ["host": .string("\(host)")], console)
    }
    let layer = global.layer(on: host, console)
    do {
      let (info, groups) = try asking { () throws(ChannelsError) in
        (
          try layer.servers[0].info(deadline: deadline),
          try layer.groups(matching: "*", deadline: deadline).groups.count
        )
      }
      // The groups of a site may all be on another of its hosts.
      return try report(host, info, groups, isUsed: groups > 0 || count > 1, console)
    } catch {
      guard case .layer = error else { throw error }
      try say(.error, Failure(error).line, ["host": .string("\(host)")], console)
      return false
    }
  }

  private func report(
    _ host: RedisHost, _ info: ServerInfo, _ groups: Int, isUsed: Bool, _ console: Console
  ) throws(CommandError) -> Bool {
    let role = info.role == "slave" ? "replica" : info.role ?? "unknown role"
    let fields: Object = [
      "host": .string("\(host)"), "role": .string(role),
      "version": info.version.map(Value.string) ?? .null, "groups": .integer(groups),
    ]
    let server = "\(host): \(role), Redis \(info.version ?? "of unknown version")"
    if role == "replica" {
      try say(.error, "\(server): it refuses every message", fields, console)
      return false
    }
    let seen =
      isUsed
      ? counted(groups, "group", "groups")
      : "no group: no page is connected, or the site's prefix is another"
    try say(isUsed ? .good : .warning, "\(server); \(seen)", fields, console)
    return true
  }

  private func say(
    _ role: Style.Role, _ text: String, _ fields: Object, _ console: Console
  ) throws(CommandError) {
    let severity = role == .good ? "ok" : "\(role)"
    guard !arguments.contains(GlobalOptions.quiet) else { return }
    if arguments.contains(GlobalOptions.json) {
      let line: Object = ["severity": .string(severity)]
      return try console.print(
        Object(line.members + fields.members + [(key: "detail", value: .string(text))]))
    }
    let shown = TerminalText.line(Secrets.redacted(text))
    try console.print(console.output.style(role, "\(severity):") + " \(shown)")
  }

  static let configurationUse = ConfigurationUse.object
  static let family: CommandFamily? = .config
  static let spec = CommandSpec(
    name: "check",
    summary: "Check the configuration file, then the servers that it names",
    discussion: """
      One line a finding, of the file all of them, each with its line and key. Where the file is in order, \
      each host of the layer is asked for its role, and for groups with the layer's prefix.

      Exit 2 if the file is wrong, 3 if a server cannot be reached or refuses messages.
      """,
    examples: [
      Example("turboctl config check --config turboctl.json", explanation: "Before it is deployed")
    ])
}
