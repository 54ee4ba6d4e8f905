import Core

/// Says what about the server and the layer harms delivery, and what to do about it.
struct DoctorCommand: Command {
  private let global: GlobalOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let hosts = try global.hosts(console)
    let layer = global.openLayer(hosts, console)
    let diagnosis = try asking { () throws(ChannelsError) in
      try layer.diagnosis(deadline: deadline)
    }
    let findings =
      diagnosis.findings.filter { $0.finding.severity == .critical }
      + diagnosis.findings.filter { $0.finding.severity == .warning }
    if !global.isQuiet { try report(findings, of: diagnosis, count: hosts.count, console) }
    try requireAll(diagnosis.missing)
    return findings.first?.finding.severity == .critical ? .unmet : .done
  }

  private func report(
    _ findings: [(host: RedisAddress?, finding: Finding)], of diagnosis: Diagnosis, count: Int,
    _ console: Console
  ) throws(CommandError) {
    let style = console.output.style
    for (host, finding) in findings {
      if global.isJSON {
        try console.print(object(finding, host))
      } else {
        let place = count > 1 ? host.map { "\($0): " } ?? "" : ""
        let line = TerminalText.line("\(place)\(finding.detail); \(finding.remedy)")
        let role: Style.Role = finding.severity == .critical ? .error : .warning
        try console.print(style(role, "\(finding.severity):") + " \(line)")
      }
    }
    // Where one is missing, each of the others is spoken for alone.
    let isWhole = diagnosis.missing.isEmpty
    let sound = diagnosis.hosts.filter { host in !findings.contains { $0.host == host } }
    guard !global.isJSON, !sound.isEmpty, !isWhole || findings.isEmpty else { return }
    let names = sound.map { "\($0)" }.joined(separator: ", ")
    try console.print(style(.good, "ok:") + " \(names): nothing was found")
  }

  /// - Parameter host: nil where the finding is of the whole layer.
  private func object(_ finding: Finding, _ host: RedisAddress?) -> Object {
    [
      "host": host.map { .string("\($0)") } ?? .null,
      "severity": .string(finding.severity.rawValue), "check": .string(finding.check),
      "detail": .string(finding.detail), "remedy": .string(finding.remedy),
    ]
  }

  static let spec = CommandSpec(
    name: "doctor",
    summary: "Check the server and the layer for what harms delivery",
    discussion: """
      One line a finding, with what to do about it: the server's version, role, memory and disk, clocks, \
      limits, full queues, dead members, a prefix that nobody uses. Nothing of the site's is touched. Dead \
      members are found as 'groups prune' finds them, and not while messages keep going to their groups.

      Exit 4 if anything is critical: messages are lost or refused. With --json nothing found is no line.
      """,
    examples: [
      Example("turboctl doctor", explanation: "Everything that is worth a look"),
      Example("turboctl doctor --quiet", explanation: "For a script: the exit code alone"),
    ])
}
