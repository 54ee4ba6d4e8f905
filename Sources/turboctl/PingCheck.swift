import Core

/// `ping --check`: a state and an output as monitoring systems expect them.
struct PingCheck {
  enum Format: String, CaseIterable {
    case text, nagios, prometheus
  }

  /// In the order of the codes that monitoring plugins end with.
  enum State: Int32 {
    case ok, warning, critical, unknown

    var exit: ExitCode { ExitCode(rawValue: rawValue) ?? .unexpected }
  }

  let format: Format
  /// Milliseconds of the layer's round trip.
  let warn: Double?
  let crit: Double?

  func state(of report: PingReport) -> (state: State, reason: String) {
    let layer = (report.roundTrip ?? .infinity) * 1000
    let text = "the layer took \(readable(milliseconds: layer)) ms"
    if let crit, layer >= crit { return (.critical, "\(text), \(readable(crit)) are critical") }
    if let warn, layer >= warn { return (.warning, "\(text), \(readable(warn)) are a warning") }
    if let warning = report.clockWarnings.first { return (.warning, warning) }
    return (.ok, text)
  }

  /// The state of a layer that could not be measured: down, or we are.
  static func state(after error: CommandError) -> State {
    switch error {
    case .layer, .echo, .missing: .critical
    default: .unknown
    }
  }

  func lines(_ state: State, _ reason: String, _ report: PingReport) -> [String] {
    switch format {
    case .text:
      report.servers.map(\.line) + [report.layerLine, "\(state): \(reason)"].compactMap(\.self)
    case .nagios: [nagios(state, reason, report)]
    case .prometheus: prometheus(state, report)
    }
  }

  /// One line, the figures behind a bar (Monitoring Plugins Development Guidelines, 2.6).
  private func nagios(_ state: State, _ reason: String, _ report: PingReport) -> String {
    let text = "TURBOCTL \("\(state)".uppercased()): \(reason)"
    let line = String(text.map { $0 == "|" ? "/" : $0 })
    guard let roundTrip = report.roundTrip else { return line }
    let limits = "\(warn.map { "\($0)" } ?? "");\(crit.map { "\($0)" } ?? "");0"
    let servers = report.servers.enumerated().map { place, server in
      let host = report.addresses.count > 1 ? "host\(place + 1)_" : ""
      return server.figures.map { " \(host)ping_\($0.name)=\(milliseconds($0.seconds))ms;;;0" }
        .joined() + " \(host)clock_offset=\(milliseconds(server.clockOffset))ms"
    }
    return line + " | layer=\(milliseconds(roundTrip))ms;\(limits)" + servers.joined()
  }

  private func prometheus(_ state: State, _ report: PingReport) -> [String] {
    let hosts = report.servers.map { Self.label($0.address) }
    // Of several hosts none stands for the layer.
    let layer = report.addresses.count == 1 ? "{\(Self.label(report.addresses[0]))}" : ""
    var lines = Self.metric("up", "Whether a message went through the layer and came back.")
    lines.append("turboctl_up\(layer) \(report.roundTrip != nil ? 1 : 0)")
    lines += Self.metric("check_state", "0 ok, 1 warning, 2 critical, 3 unknown.")
    lines.append("turboctl_check_state\(layer) \(state.rawValue)")
    guard !hosts.isEmpty else { return lines }
    if let roundTrip = report.roundTrip {
      lines += Self.metric("layer_round_trip_seconds", "From a send to its receipt.")
      lines.append("turboctl_layer_round_trip_seconds\(layer) \(roundTrip)")
    }
    lines += Self.metric("ping_seconds", "Round trip of PING.")
    for (host, server) in zip(hosts, report.servers) {
      for (name, seconds) in server.figures {
        lines.append("turboctl_ping_seconds{\(host),statistic=\"\(name)\"} \(seconds)")
      }
    }
    lines += Self.metric("clock_offset_seconds", "How far the server's clock is ahead.")
    for (host, server) in zip(hosts, report.servers) {
      lines.append("turboctl_clock_offset_seconds{\(host)} \(server.clockOffset)")
    }
    guard report.servers.contains(where: { $0.info != nil }) else { return lines }
    lines += Self.metric("server_info", "The server's role and version.")
    for (host, server) in zip(hosts, report.servers) {
      guard let info = server.info else { continue }
      let role = Self.escaped(server.role ?? "")
      let version = Self.escaped(info.version ?? "")
      lines.append("turboctl_server_info{\(host),role=\"\(role)\",version=\"\(version)\"} 1")
    }
    return lines
  }

  private static func label(_ address: RedisAddress) -> String {
    "host=\"\(escaped("\(address)"))\""
  }

  private static func metric(_ name: String, _ help: String) -> [String] {
    ["# HELP turboctl_\(name) \(help)", "# TYPE turboctl_\(name) gauge"]
  }

  /// A label's value (Prometheus text exposition format).
  private static func escaped(_ value: String) -> String {
    TerminalText.line(value).reduce(into: "") { escaped, character in
      if character == "\\" || character == "\"" { escaped.append("\\") }
      escaped.append(character)
    }
  }
}
