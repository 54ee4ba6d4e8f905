import Core

/// Pings the server, and sends a real message through the layer and back.
struct PingCommand: Command {
  private let global: GlobalOptions
  private let count: Int
  private let check: PingCheck?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    count = try arguments[Self.rounds] ?? 10
    let isChecked = arguments.contains(Self.check)
    for option in [Self.warn.spec, Self.crit.spec, Self.format.spec]
    where !isChecked && arguments.options.contains(where: { $0.name == option.name }) {
      throw .invalid(what: option.long, detail: "needs --check")
    }
    let warn = try arguments[Self.warn].flatMap(Self.milliseconds)
    let crit = try arguments[Self.crit].flatMap(Self.milliseconds)
    if let warn, let crit, warn > crit {
      throw .invalid(what: Self.warn.spec.long, detail: "is more than --crit")
    }
    let format = try arguments[Self.format].flatMap(PingCheck.Format.init) ?? .text
    check = isChecked ? PingCheck(format: format, warn: warn, crit: crit) : nil
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    guard let check else {
      try ping(console)
      return .done
    }
    var report = PingReport()
    do {
      try measure(&report, console)
    } catch {
      let state = PingCheck.state(after: error)
      try print(check, state, Failure(error).line, report, console)
      return state.exit
    }
    let (state, reason) = check.state(of: report)
    try print(check, state, reason, report, console)
    return state.exit
  }

  /// Shows a check whose command line is wrong as of unknown state; nil where none was asked for.
  static func unknown(
    _ arguments: [String], _ failure: Failure, _ console: Console
  ) -> ExitCode? {
    // The command line itself may be what is wrong, so it is not parsed for this.
    let words = arguments.prefix { $0 != "--" }
    guard words.contains(spec.name), words.contains(check.spec.long) else { return nil }
    let state = PingCheck.State.unknown
    let long = format.spec.long
    let typed =
      words.compactMap { $0.hasPrefix("\(long)=") ? $0.dropFirst(long.count + 1) : nil }
      + zip(words, words.dropFirst()).compactMap { $0 == long ? $1[...] : nil }
    let form = typed.lazy.compactMap { PingCheck.Format(rawValue: String($0)) }.first ?? .text
    if words.contains(GlobalOptions.json.spec.long) {
      try? console.print(object([:], state, failure.line))
    } else {
      let lines = PingCheck(format: form, warn: nil, crit: nil)
        .lines(state, failure.line, PingReport())
      for line in lines { try? console.print(TerminalText.line(line)) }
    }
    return state.exit
  }

  private func ping(_ console: Console) throws(CommandError) {
    var report = PingReport()
    do {
      try measure(&report, console) { (server) throws(CommandError) in
        guard !global.isJSON, !global.isQuiet else { return }
        try console.print(TerminalText.line(server.line))
      }
    } catch {
      if global.isJSON, !global.isQuiet {
        for object in report.objects { try console.print(object) }
      }
      throw error
    }
    for warning in report.clockWarnings { console.note("warning: \(warning)") }
    guard !global.isQuiet else { return }
    if global.isJSON {
      for object in report.objects { try console.print(object) }
    } else if let line = report.layerLine {
      try console.print(line)
    }
  }

  /// Pings every server, then tries the layer on those.
  ///
  /// - Parameter measured: is given each server's figures as they come.
  private func measure(
    _ report: inout PingReport, _ console: Console,
    measured: (ServerPing) throws(CommandError) -> Void = { _ in }
  ) throws(CommandError) {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let layer = global.openLayer(try global.hosts(console), console)
    let servers = layer.servers
    report.addresses = layer.addresses
    var missing: [ChannelsError] = []
    for server in servers {
      let ping: ServerPing
      do {
        ping = try measure(server, deadline.shared(by: servers.count))
      } catch {
        guard servers.count > 1, error != .interrupted else {
          throw .layer(error.withNothingSent, delivered: [])
        }
        missing.append(error)
        continue
      }
      report.servers.append(ping)
      try measured(ping)
    }
    try requireAll(missing)
    report.roundTrip = try asking { () throws(ChannelsError) in
      try layer.roundTrip(deadline: deadline)
    }
    guard report.roundTrip != nil else { throw .echo(servers[0].address) }
  }

  private func measure(
    _ server: LayerServer, _ deadline: Deadline
  ) throws(ChannelsError) -> ServerPing {
    var trips: [Double] = []
    for _ in 0..<count { trips.append(try server.ping(deadline: deadline)) }
    let offset = try server.clockOffset(deadline: deadline)
    // A user who may not ask for INFO may use the layer all the same.
    let info = try? server.info(deadline: deadline)
    return ServerPing(
      address: server.address, info: info, clockOffset: offset, trips: trips.sorted())
  }

  private func print(
    _ check: PingCheck, _ state: PingCheck.State, _ reason: String, _ report: PingReport,
    _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    if global.isJSON {
      let objects = report.objects
      for object in objects.dropLast() { try console.print(object) }
      return try console.print(Self.object(objects.last ?? [:], state, reason))
    }
    for line in check.lines(state, reason, report) { try console.print(TerminalText.line(line)) }
  }
}

extension PingCommand {
  /// What was measured, and how it was judged.
  private static func object(
    _ figures: Object, _ state: PingCheck.State, _ reason: String
  ) -> Object {
    var object = figures
    object["state"] = .string("\(state)")
    object["detail"] = .string(reason)
    return object
  }

  /// `--warn 100` is so many milliseconds; with a unit it is what it says.
  private static func milliseconds(_ text: String) -> Double? {
    Double(duration: text).map { text.last?.isNumber == true ? $0 : $0 * 1000 }
  }

  private static let rounds = Option.integer(
    "count", in: 1...1_000_000, short: "c", defaultValue: "10", summary: "Round trips of PING")
  private static let check = Switch(
    "check", summary: "End as monitoring plugins do: 0, 1, 2 or 3",
    details: """
      0 is ok; 1 a warning: --warn is reached, or the clocks differ by more than 5 s; 2 critical: --crit \
      is reached, or the server or the layer fails; 3 unknown: the command line is wrong.
      """)
  private static let warn = Option.text(
    "warn", placeholder: "MS", kind: .seconds, summary: "A slower layer is a warning",
    details: "Milliseconds from a send through the layer to its receipt.")
  private static let crit = Option.text(
    "crit", placeholder: "MS", kind: .seconds, summary: "A slower layer is critical")
  private static let format = Option.choice(
    "format", of: PingCheck.Format.allCases.map(\.rawValue), placeholder: "FORMAT",
    defaultValue: "text", summary: "Output of --check: text, nagios or prometheus")

  static let spec = CommandSpec(
    name: "ping",
    summary: "Ping Redis and the channel layer",
    discussion: """
      A PING alone says little: a server out of memory answers it and refuses every message. So a \
      message goes to a private group and is received again; no group of the site is touched.
      """,
    options: [rounds.spec, check.spec, warn.spec, crit.spec, format.spec],
    examples: [
      Example("turboctl ping -c 100", explanation: "A hundred round trips"),
      Example(
        "turboctl ping --check --warn 100 --crit 500 --format nagios",
        explanation: "As a monitoring plugin"),
    ])
}
