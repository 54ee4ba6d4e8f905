import Core

extension Failure {
  init(line number: Int, of origin: String, _ error: CommandError) {
    let place = "\(origin):\(number)"
    if case .json(let error, _, _) = error {
      self.init(place, "column \(error.offset + 1): \(Self.text(error.reason))", .usage)
      return
    }
    let failure = Failure(error)
    // What else was delivered, the whole batch says.
    let text =
      if case .undelivered(let undelivered) = error { undelivered.line } else { failure.line }
    self.init(place, text, hint: failure.hint, failure.exit)
  }

  /// A batch that ended early, or with faults; says what was sent, and with which line to go on.
  init(_ cause: CommandError?, _ report: BatchReport, _ origin: String) {
    guard let cause else {
      self.init(end: report, origin)
      return
    }
    let failure = Failure(cause)
    // What may have been delivered is said by the lines.
    let detail = [Failure(cause.withoutDoubt).detail].filter { !$0.isEmpty }
    let sent = "\(counted(report.all.messages, "message", "messages")) sent"
    let ahead =
      report.ahead.count > 0 ? [report.ahead.text("behind it was sent", "behind it were sent")] : []
    let parts = detail + [sent] + report.faults + ["--from-line \(report.nextLine) goes on"] + ahead
    self.init(
      failure.what, parts.joined(separator: "; "),
      hint: failure.hint ?? (ahead.isEmpty ? nil : "a line with \"once\" is not sent again"),
      failure.exit == .unreachable && report.hasSent ? .uncertain : failure.exit)
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
    var parts = report.faults
    if let refusal = report.refusal, let undelivered = Undelivered([refusal.delivery], SendPolicy())
    {
      parts.append(undelivered.line)
    }
    if !report.givenUp.isEmpty {
      parts.append("full queues given up: \(Self.named(report.givenUp))")
    }
    let refusalExit: ExitCode = report.hasSent ? .uncertain : .unreachable
    self.init(
      origin, parts.joined(separator: "; "),
      report.refusal != nil ? refusalExit : report.bad.count > 0 ? .usage : .unmet)
  }
}

extension CommandError {
  fileprivate var withoutDoubt: CommandError {
    guard case .layer(let error, let delivered) = self else { return self }
    return .layer(error.withNothingSent, delivered: delivered)
  }
}

extension BatchReport {
  /// What did not go as it should, by the lines.
  fileprivate var faults: [String] {
    var parts: [String] = []
    if bad.count > 0 { parts.append("\(bad.text) bad") }
    if withheld.count > 0 { parts.append("\(withheld.text) held back") }
    if refused.count > 0 { parts.append(refused.text("was refused", "were refused")) }
    if partial.count > 0 { parts.append("\(partial.text) reached only some") }
    if uncertain.count > 0 { parts.append("\(uncertain.text) may have been delivered") }
    return parts
  }
}
