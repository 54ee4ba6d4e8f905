import Core

extension Failure {
  init(line number: Int, of origin: String, _ error: CommandError) {
    let place = "\(origin):\(number)"
    if case .json(let error, _, _) = error {
      self.init(place, "column \(error.offset + 1): \(Self.text(error.reason))", .usage)
      return
    }
    let failure = Failure(error)
    self.init(place, failure.line, hint: failure.hint, failure.exit)
  }

  /// A batch that ended early, or with faults; says what was sent, and with which line to go on.
  init(_ cause: CommandError?, _ report: BatchReport, _ origin: String) {
    guard let cause else {
      self.init(end: report, origin)
      return
    }
    let failure = Failure(cause)
    let sent = "\(counted(report.all.messages, "message", "messages")) sent"
    let doubt = report.uncertain.map { "; \(Self.named($0)) may have been delivered" } ?? ""
    let ahead = report.ahead.count > 0 ? "; \(report.ahead.text) behind it were sent" : ""
    // A line whose messages are in doubt is not sent twice unasked.
    let next = report.uncertain.map { $0.upperBound + 1 } ?? report.lastLine + 1
    let hasSent = report.all.messages > 0 || report.uncertain != nil
    let detail = failure.detail.isEmpty ? "" : failure.detail + "; "
    self.init(
      failure.what, "\(detail)\(sent)\(doubt); --from-line \(next) goes on\(ahead)",
      hint: failure.hint ?? (ahead.isEmpty ? nil : "a line with \"once\" is not sent again"),
      failure.exit == .unreachable && hasSent ? .uncertain : failure.exit)
  }

  /// A pipe that ended early; says what the pages have.
  init(_ cause: CommandError, _ report: PipeReport) {
    let failure = Failure(cause)
    let detail = failure.detail.isEmpty ? "" : failure.detail + "; "
    self.init(
      failure.what, detail + "delivered before: \(report.text)", hint: failure.hint,
      failure.exit == .unreachable && !report.isEmpty ? .uncertain : failure.exit)
  }

  private init(end report: BatchReport, _ origin: String) {
    var parts: [String] = []
    if report.bad.count > 0 { parts.append("\(report.bad.text) bad") }
    if report.withheld.count > 0 { parts.append("\(report.withheld.text) held back") }
    if let refusal = report.refusal { parts.append("\(refusal.group.text) was refused") }
    if !report.givenUp.isEmpty {
      parts.append("full queues given up: \(Self.named(report.givenUp))")
    }
    let refusalExit: ExitCode = report.all.messages > 0 ? .uncertain : .unreachable
    self.init(
      origin, parts.joined(separator: "; "),
      report.refusal != nil ? refusalExit : report.bad.count > 0 ? .usage : .unmet)
  }

  private static func named(_ lines: ClosedRange<Int>) -> String {
    lines.count == 1
      ? "line \(lines.lowerBound)" : "lines \(lines.lowerBound) to \(lines.upperBound)"
  }
}
