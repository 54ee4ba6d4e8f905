import Core

/// An error in words: one line of what happened, at most one of hint, and the code to end with.
struct Failure {
  let what: String
  let detail: String
  let hint: String?
  let exit: ExitCode

  init(_ what: String, _ detail: String, hint: String? = nil, _ exit: ExitCode) {
    self.what = what
    self.detail = detail
    self.hint = hint
    self.exit = exit
  }

  /// Says it on stderr and returns the code; that the reader of our output went away is no failure.
  func report(_ console: Console, isJSON: Bool) -> ExitCode {
    guard exit != .done else { return exit }
    if isJSON {
      let line: Object = [
        "error": .string(what), "detail": .string(detail),
        "hint": hint.map(Value.string) ?? .null, "exit": .integer(Int(exit.rawValue)),
      ]
      try? console.errors.write(Value.object(line).json + "\n")
    } else {
      console.note(detail.isEmpty ? what : "\(what): \(detail)")
      if let hint { try? console.errors.write("hint: \(TerminalText.line(hint))\n") }
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
    case .frameTooLarge(let bytes, let limit):
      self.init(
        "the message is too large", "\(bytes) bytes, more than --max-bytes \(limit)",
        hint: "Daphne closes the sockets of pages that get more than 1048576 bytes", .usage)
    case .layer(let error, let delivered): self.init(error, delivered)
    case .refused(let group, let error, let address, let delivered):
      self.init(refusal: error, by: address, subject: "\(group.text): ", delivered)
    case .partial(let group, let audience, let written, let error):
      self.init(
        group.text,
        "\(written) of \(counted(audience.processes, "process", "processes")) got the message: \(error)",
        .uncertain)
    case .withheld(let group, let audience, let policy, let waited, let delivered):
      self.init(group, audience, policy, waited, delivered)
    case .tooFew(let received, let expected, let seconds):
      self.init(
        "too few messages", "\(received) of \(expected) came within \(readable(seconds)) s", .unmet)
    case .echo(let address):
      self.init("\(address)", "the layer gave back something else than was sent", .unreachable)
    case .output(let error):
      self.init("cannot write the output", error.text, error.isClosedPipe ? .done : .unexpected)
    }
  }

  private init(
    _ group: GroupName, _ audience: Audience, _ policy: SendPolicy, _ waited: Double?,
    _ delivered: [GroupName]
  ) {
    let detail =
      if audience.channels < policy.require {
        "\(counted(audience.channels, "channel", "channels")), \(policy.require) required"
          + (waited.map { " within \(readable($0)) s" } ?? "")
      } else {
        "\(counted(audience.overCapacity, "queue is", "queues are")) at capacity"
      }
    self.init(
      group.text, detail + "; " + Self.sent(to: delivered, nothing: "nothing sent"),
      delivered.isEmpty ? .unmet : .uncertain)
  }

  private static func sent(to delivered: [GroupName], nothing: String) -> String {
    delivered.isEmpty ? nothing : "sent to \(delivered.map(\.text).joined(separator: ", "))"
  }
}
