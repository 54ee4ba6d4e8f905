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
    let layer = global.open(hosts, console)
    let findings = try asking { () throws(ChannelsError) in
      try layer.findings(deadline: deadline)
    }
    let sorted =
      findings.filter { $0.severity == .critical } + findings.filter { $0.severity == .warning }
    if !global.isQuiet { try report(sorted, layer.address, console) }
    return sorted.first?.severity == .critical ? .unmet : .done
  }

  private func report(
    _ findings: [Finding], _ address: RedisAddress, _ console: Console
  ) throws(CommandError) {
    let style = console.output.style
    for finding in findings {
      if global.isJSON {
        try console.print(object(finding, address))
      } else {
        let line = TerminalText.line("\(finding.detail); \(finding.remedy)")
        let role: Style.Role = finding.severity == .critical ? .error : .warning
        try console.print(style(role, "\(finding.severity):") + " \(line)")
      }
    }
    if findings.isEmpty, !global.isJSON {
      try console.print(style(.good, "ok:") + " \(address): nothing was found")
    }
  }

  private func object(_ finding: Finding, _ address: RedisAddress) -> Object {
    [
      "host": .string("\(address)"), "severity": .string(finding.severity.rawValue),
      "check": .string(finding.check), "detail": .string(finding.detail),
      "remedy": .string(finding.remedy),
    ]
  }

  static let spec = CommandSpec(
    name: "doctor",
    summary: "Check the server and the layer for what harms delivery",
    discussion: """
      One line a finding, with what to do about it: the server's version, role, memory and disk, clocks, \
      limits, full queues, dead members, a prefix that nobody uses. Nothing of the site's is touched.

      Exit 4 if anything is critical: messages are lost or refused.
      """,
    examples: [
      Example("turboctl doctor", explanation: "Everything that is worth a look"),
      Example("turboctl doctor --quiet", explanation: "For a script: the exit code alone"),
    ])
}
