import Core

extension BatchRun {
  /// A window that went out, and what became of its messages.
  struct SentWindow {
    let window: Window
    /// By the messages' places; nil without an answer.
    var answers: [Answer?]
    /// Whether messages without an answer may have been delivered.
    var isUncertain = false

    init(_ window: Window) {
      self.window = window
      answers = [Answer?](repeating: nil, count: window.messages.count)
    }

    /// Whether there is nothing to tell but numbers.
    var isDelivered: Bool {
      answers.allSatisfy { answer in
        if case .delivered(_, nil)? = answer?.delivery.outcome { true } else { false }
      }
    }
  }

  /// Counts and prints what came of the windows that are not counted yet, in the order of their lines.
  mutating func account() throws(CommandError) {
    let sent = uncounted
    uncounted = []
    var output: [UInt8] = []
    for window in sent { account(for: window, &output) }
    // All are counted, also where nobody can read of it.
    try write(output)
  }

  private mutating func account(for sent: SentWindow, _ output: inout [UInt8]) {
    let window = sent.window
    var fate: LineFate?
    for (place, answer) in sent.answers.enumerated() {
      let line = window.lines[place]
      if let fate, fate.line != line { report.add(fate, goesOn: options.goesOn) }
      if fate?.line != line { fate = LineFate(line: line) }
      fate?.add(answer?.delivery.outcome, isDoubtful: sent.isUncertain)
      guard let answer else { continue }
      let size = window.messages[place].size(command.global.envelope)
      report.add(answer.delivery, line: line, bytes: size)
      warn(of: answer.delivery, line: line, size)
      if command.global.isJSON { append(answer, line: line, size, to: &output) }
    }
    if let fate { report.add(fate, goesOn: options.goesOn) }
    report.lastLine = window.last
  }

  /// Says once what may cost subscribers their connection.
  private mutating func warn(of delivery: Delivery, line: Int, _ size: Int) {
    guard !hasWarned, let warning = SendReport.warning(of: delivery, bytes: size) else { return }
    hasWarned = true
    progress?.hide()
    console.note("warning: line \(line): \(warning)")
  }

  private func append(
    _ answer: Answer, line: Int, _ size: Int, to output: inout [UInt8]
  ) {
    guard !command.global.isQuiet else { return }
    var fields =
      SendReport.fields(answer, bytes: size) ?? ["group": .string(answer.delivery.group.text)]
    fields["line"] = .integer(line)
    fields["error"] = Undelivered([answer.delivery], command.policy).map { .string($0.reason) }
    JSONWriter.append(.object(fields), to: &output)
    output.append(UInt8(ascii: "\n"))
  }

  private func write(_ output: [UInt8]) throws(CommandError) {
    guard !output.isEmpty else { return }
    progress?.hide()
    do {
      try console.output.write(output)
    } catch {
      throw error.isInterruption ? .layer(.interrupted, delivered: []) : .output(error)
    }
  }
}
