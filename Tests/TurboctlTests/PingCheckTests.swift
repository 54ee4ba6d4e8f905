import Core
import Testing

@testable import turboctl

struct PingCheckTests {
  private func report(layer: Double, offset: Double = 0) -> PingReport {
    let server = server("/a|\"b", offset: offset)
    return PingReport(servers: [server], addresses: [server.address], roundTrip: layer)
  }

  private func server(_ path: String, offset: Double = 0) -> ServerPing {
    ServerPing(
      address: RedisAddress(endpoint: .unix(path: path)),
      info: ServerInfo("role:slave\r\nredis_version:7.0.15"), clockOffset: offset,
      trips: [0.001, 0.002])
  }

  private func check(
    _ format: PingCheck.Format = .nagios, warn: Double? = nil, crit: Double? = nil
  ) -> PingCheck {
    PingCheck(format: format, warn: warn, crit: crit)
  }

  @Test(
    arguments: [
      (0.010, 0, nil, nil, .ok), (0.010, 0, 11, 12, .ok), (0.010, 0, 10, 12, .warning),
      (0.010, 0, 5, 10, .critical), (0.010, 5.1, nil, nil, .warning),
      (0.010, -5.1, nil, nil, .warning), (0.010, 6, nil, 10, .critical),
    ] as [(Double, Double, Double?, Double?, PingCheck.State)])
  func theWorstDecides(
    layer: Double, offset: Double, warn: Double?, crit: Double?, state: PingCheck.State
  ) {
    #expect(
      check(warn: warn, crit: crit).state(of: report(layer: layer, offset: offset)).state == state)
  }

  @Test func nagiosIsOneLineWithTheFiguresBehindOneBar() {
    let lines = check(warn: 5).lines(.warning, "slow|er", report(layer: 0.01))
    #expect(
      lines == [
        "TURBOCTL WARNING: slow/er | layer=10.0ms;5.0;;0 ping_min=1.0ms;;;0 ping_avg=1.5ms;;;0 "
          + "ping_max=2.0ms;;;0 ping_p99=2.0ms;;;0 clock_offset=0.0ms"
      ])
  }

  @Test func prometheusLabelsAreEscaped() {
    let lines = check(.prometheus).lines(.ok, "", report(layer: 0.01))
    #expect(lines.contains(#"turboctl_up{host="/a|\"b"} 1"#))
    #expect(
      lines.contains(
        #"turboctl_server_info{host="/a|\"b",role="replica",version="7.0.15"} 1"#))
  }

  @Test func severalHostsAreToldApart() {
    let servers = [server("/a"), server("/b")]
    let report = PingReport(
      servers: servers, addresses: servers.map(\.address), roundTrip: 0.01)
    #expect(report.objects.map { $0["layer_ms"] } == [nil, nil, .double(10)])
    let nagios = check().lines(.ok, "", report)[0]
    #expect(nagios.contains(" host1_ping_min=1.0ms;;;0 ") && nagios.contains(" host2_clock_offset"))
    let prometheus = check(.prometheus).lines(.ok, "", report)
    #expect(prometheus.contains("turboctl_up 1"))
    #expect(prometheus.count { $0.hasPrefix("turboctl_server_info") } == 2)
    #expect(
      Set(prometheus.filter { $0.hasPrefix("#") }).count == prometheus.count { $0.hasPrefix("#") })
  }

  @Test(arguments: PingCheck.Format.allCases)
  func nothingMeasuredIsSaidToo(format: PingCheck.Format) {
    #expect(!check(format).lines(.critical, "down", PingReport()).isEmpty)
  }

  @Test func prometheusTellsTheStateOfWhatIsDown() {
    let report = PingReport(addresses: [RedisAddress(endpoint: .unix(path: "/a"))])
    let lines = check(.prometheus).lines(.critical, "down", report)
    #expect(lines.contains(#"turboctl_up{host="/a"} 0"#))
    #expect(lines.contains(#"turboctl_check_state{host="/a"} 2"#))
  }

  @Test(
    arguments: [
      (["--bogus"], "unknown: "), (["--warn", "-1"], "unknown: "),
      (["--format", "nagios", "--bogus"], "TURBOCTL UNKNOWN: "),
      (["--format=nagios", "--bogus"], "TURBOCTL UNKNOWN: "),
      (["--format", "prometheus", "--bogus"], "# HELP turboctl_up "),
      (["--json", "--bogus"], #"{"state":"unknown","detail":"#),
    ])
  func aWrongCommandLineIsUnknown(options: [String], start: String) {
    let run = CommandRun(["ping", "--check"] + options)
    #expect(run.code.rawValue == 3)
    #expect(run.output.hasPrefix(start))
    #expect(run.errors.hasPrefix(options[0] == "--json" ? "{" : "turboctl: "))
  }

  @Test func aLimitIsSaidAsItWasTyped() {
    #expect(
      check(warn: 0.0001).state(of: report(layer: 1)).reason.hasSuffix(", 0.0001 are a warning"))
  }
}
