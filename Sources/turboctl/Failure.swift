import Core

/// An error in words: one line of what happened, at most one of hint, and the code to end with.
struct Failure {
  let what: String
  let detail: String
  let hint: String?
  let exit: ExitCode
  /// The line of the user's text that is wrong, and a line that points at the place.
  private(set) var excerpt: Excerpt?

  init(_ what: String, _ detail: String, hint: String? = nil, _ exit: ExitCode) {
    // Whatever it quotes may be a URL that was typed in the wrong place.
    self.what = Secrets.redacted(what)
    self.detail = Secrets.redacted(detail)
    self.hint = hint
    self.exit = exit
  }

  /// As Django words it; of a template that is not there also where it was looked for.
  static func text(_ error: TemplateError) -> String {
    guard case .doesNotExist(_, let tried) = error.reason else { return error.message }
    let places = tried.filter { $0.cause == .missing }.map(\.path)
    let looked = places.isEmpty ? "" : "; looked for \(places.joined(separator: ", "))"
    return "TemplateDoesNotExist: \(error.message)\(looked)"
  }

  /// What happened, in one line.
  var line: String { Secrets.redacted(detail.isEmpty ? what : "\(what): \(detail)") }

  /// - Parameter meant: the template that may have been meant by one that is not there.
  init(_ error: TemplateError, source: [UInt8]?, meant: String?) {
    let name = error.location?.template
    let hint = error.hint ?? meant.map { "did you mean '\($0)'?" }
    guard let location = error.location, let source else {
      self.init(name ?? "--template", Self.text(error), hint: hint, .usage)
      return
    }
    let (line, column) = location.position(in: source)
    self.init(
      "\(name ?? "--template"):\(line):\(column)", Self.text(error), hint: hint, .usage)
    let lines = source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return }
    excerpt = Excerpt(String(decoding: lines[line - 1], as: UTF8.self), column: column)
  }

  /// Says it on stderr and returns the code; that the reader of our output went away is no failure.
  ///
  /// - Parameter code: what to end with, where that is not the failure's own.
  func report(_ console: Console, isJSON: Bool, exit code: ExitCode? = nil) -> ExitCode {
    let exit = code ?? exit
    guard exit != .done else { return exit }
    if isJSON {
      let line: Object = [
        "error": .string(what), "detail": .string(detail),
        "hint": hint.map(Value.string) ?? .null, "exit": .integer(Int(exit.rawValue)),
      ]
      try? console.errors.write(Value.object(line).json + "\n")
    } else {
      let style = console.errors.style
      try? console.errors.write(style(.error, "turboctl:") + " \(TerminalText.line(line))\n")
      if let excerpt, console.errors.isTerminal {
        try? console.errors.write(excerpt.text(width: console.errors.width))
      }
      if let hint {
        try? console.errors.write(style(.dim, "hint: \(TerminalText.line(hint))") + "\n")
      }
    }
    return exit
  }
}

extension Failure {
  init(_ error: CommandError) {
    switch error {
    case .usage(let error): self.init(error.message, "", hint: error.hint, .usage)
    case .address(let fault, let origin): self.init(fault, origin)
    case .groupName(let fault, let name): self.init(fault, name)
    case .message(let fault): self.init(fault)
    case .json(let error, let text, let origin):
      self.init(origin, Self.text(error, in: text), .usage)
    case .content(let fault): self.init(fault)
    case .template(let error, let source, let meant):
      self.init(error, source: source, meant: meant)
    case .frameTooLarge(let bytes, let limit):
      self.init(
        "the message is too large", "\(bytes) bytes, more than --max-bytes \(limit)",
        hint: limit == SendCommand.frameLimit
          ? "Daphne would close the socket of every page that gets it" : nil, .usage)
    case .layer(let error, let delivered): self.init(error, delivered)
    case .givenUp(let queues): self.init(givenUp: queues)
    case .undelivered(let undelivered): self.init(undelivered)
    case .stopped(let delivered): self.init(stoppedAfter: delivered)
    case .untaken(let untaken): self.init(untaken)
    case .missing(let faults): self.init(missing: faults)
    case .tooFew(let received, let expected, let limit):
      let end =
        switch limit {
        case .whole(let seconds): "came within \(readable(seconds)) s"
        case .idle(let seconds): "came, then none for \(readable(seconds)) s"
        }
      self.init("too few messages", "\(received) of \(expected) \(end)", .unmet)
    case .echo(let address):
      self.init("\(address)", "the layer gave back something else than was sent", .unreachable)
    case .line(let origin, let number, let error): self.init(line: number, of: origin, error)
    case .batch(let cause, let report, let origin): self.init(cause, report, origin)
    case .pipe(let cause, let report): self.init(cause, report)
    case .output(let error):
      self.init("cannot write the output", error.text, error.isClosedPipe ? .done : .unexpected)
    case .unreported(let error):
      self.init(
        "sent, but the report cannot be written", error.text,
        error.isClosedPipe ? .done : .unexpected)
    case .unconfirmed:
      self.init("nothing was removed", "nobody is there to ask", hint: "--yes removes it", .usage)
    case .removal(let error, let removed): self.init(removal: error, removed)
    }
  }
}
