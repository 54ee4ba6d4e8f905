import Core
import Glibc

/// Renders one message and publishes it to each group (`channels_redis/core.py group_send`).
struct SendCommand: Command {
  let global: GlobalOptions
  private let recipients: Recipients
  private let work: Work
  let policy: SendPolicy
  /// Seconds to wait for the channels that are required.
  private let wait: Double?
  /// Seconds in which every process is to take the message.
  private let confirm: Double?
  /// Names the message, so that a second `send` of it does nothing.
  private let once: String?
  let maxBytes: Int
  private let isRaw: Bool
  let isDryRun: Bool

  private enum Work {
    case one(Content)
    /// A message a line; the options are what a line lacks.
    case batch(BatchOptions, ContentOptions, message: String?)
  }

  private enum Content {
    case html(ContentOptions)
    /// A message that is published as it is.
    case message(String)
  }

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    if let batch = try BatchOptions(arguments) {
      work = .batch(
        batch, try ContentOptions(arguments, isComplete: false),
        message: try arguments[Self.message])
      recipients = try Recipients(arguments, isRequired: false)
    } else {
      work = .one(try Self.readContent(arguments))
      recipients = try Recipients(arguments)
    }
    wait = try arguments[Self.wait]
    once = try arguments[Self.once]
    if once == "" { throw .invalid(what: Self.once.spec.long, detail: "is empty") }
    confirm = try Self.readConfirm(arguments, global.layer)
    let isBulk = if case .batch = work { true } else { false }
    var policy = try Self.readPolicy(arguments, global.layer, isBulk: isBulk, waits: wait != nil)
    policy.namesQueues = confirm != nil
    policy.keepsOrder = isBulk
    self.policy = policy
    if isBulk, confirm != nil {
      throw .invalid(what: Self.confirm.spec.long, detail: "a batch is not waited for")
    }
    if isBulk, once != nil {
      throw .invalid(what: Self.once.spec.long, detail: "a line of a batch brings its own \"once\"")
    }
    maxBytes = try arguments[Self.maxBytes] ?? Self.frameLimit
    isRaw = arguments.contains(Self.raw)
    isDryRun = arguments.contains(Self.dryRun)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    switch work {
    case .one(let content): try run(content, console)
    case .batch(let options, let content, let message):
      try run(options, content, message, console)
    }
  }

  private func run(_ content: Content, _ console: Console) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30 + (wait ?? 0) + (confirm ?? 0))
    let groups = try recipients.groups(global)
    let hosts = try global.hosts(console)
    var messages = try GroupMessage.messages(
      to: groups, as: global.layer.serializer, try maker(content, console, deadline))
    for place in messages.indices { messages[place].once = once }
    if isDryRun {
      try printPlan(messages, hosts, console, deadline)
      return .done
    }
    return try heedingSignals(console) { () throws(CommandError) in
      var start = Deadline.monotonic()
      let layer = global.openSender(hosts, console)
      if wait != nil || groups.count > 1 && policy.holdsBack {
        start += try awaitAudience(of: groups, layer, deadline)
      }
      return try deliver(messages, layer, deadline, since: start, console)
    }
  }

  /// Runs what signals end by an error, which says what became of the messages.
  private func heedingSignals(
    _ console: Console, _ step: () throws(CommandError) -> ExitCode
  ) throws(CommandError) -> ExitCode {
    Signals.watch()
    do throws(CommandError) {
      return try step()
    } catch {
      guard let code = Signals.received() else { throw error }
      return Failure(error).report(console, isJSON: global.isJSON, exit: code)
    }
  }

  private func deliver(
    _ messages: [GroupMessage], _ layer: any ChannelLayer, _ deadline: Deadline,
    since start: Double, _ console: Console
  ) throws(CommandError) -> ExitCode {
    var replies = [Answer?](repeating: nil, count: messages.count)
    var fault: ChannelsError?
    do {
      try layer.sendAcrossFailovers(messages, policy: policy, deadline: deadline) {
        replies[$0] = Answer(delivery: $1, elapsed: Deadline.monotonic() - start)
      }
    } catch {
      fault = error
    }
    let answers = replies.compactMap { $0 }
    var failure: CommandError?
    if let fault {
      failure = CommandError(fault, after: answers.map(\.delivery))
    } else {
      failure = Undelivered(answers.map(\.delivery), policy, isOnce: once != nil)
        .map { .undelivered($0) }
    }
    var seen: Confirmation?
    if let confirm, failure == nil, let layer = layer as? CoreLayer {
      let confirmation = layer.confirm(patience: Deadline(seconds: confirm), deadline: deadline)
      let time = deadline.hasPassed ? min(confirm, deadline.seconds ?? confirm) : confirm
      failure = Untaken(confirmation, within: time).map { .untaken($0) }
      seen = confirmation
    }
    let report = SendReport(messages: messages, global: global, start: start)
    do {
      for answer in answers {
        try report.print(answer, seen?.groups[answer.delivery.group], console)
      }
    } catch {
      // What became of the messages matters more than that nobody can read it.
      failure = failure ?? error.afterSending
    }
    if let failure { throw failure }
    if !layer.givenUp.isEmpty { throw .givenUp(layer.givenUp) }
    return .done
  }

  private func run(
    _ options: BatchOptions, _ content: ContentOptions, _ message: String?, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let maker = BatchMaker(
      options.form, self, content, message: try message.map(Self.read),
      groups: try recipients.groups(global), console)
    let hosts = try global.hosts(console)
    return try heedingSignals(console) { () throws(CommandError) in
      let reader = try options.open(console, longest: 2 * maxBytes + 1 << 20)
      var run = BatchRun(self, options, maker, reader, hosts, console)
      return try run.run()
    }
  }

  /// Looks at every group before the first write; with `--wait`, until the channels are there.
  ///
  /// - Returns: the seconds that took, which are not the delivery's.
  private func awaitAudience(
    of groups: [GroupName], _ layer: any ChannelLayer, _ deadline: Deadline
  ) throws(CommandError) -> Double {
    let start = Deadline.monotonic()
    let patience = Deadline.min(Deadline(seconds: wait ?? 0), deadline)
    var pause = 0.005
    var withheld: [Delivery] = []
    while true {
      let audiences: [Audience]
      do {
        audiences = try layer.audiences(of: groups, deadline: deadline)
      } catch {
        if error == .interrupted { throw .stopped(delivered: []) }
        // The time for the whole was over first: what was seen last stands.
        guard deadline.hasPassed, !withheld.isEmpty else {
          throw .layer(error.withNothingSent, delivered: [])
        }
        throw .undelivered(Undelivered(failed: withheld, policy, waited: wait))
      }
      withheld = zip(groups, audiences).filter { !policy.allows($0.1) }.map { group, audience in
        Delivery(group: group, outcome: .withheld(audience))
      }
      if withheld.isEmpty { return Deadline.monotonic() - start }
      // Time brings channels, and room in queues; both are worth the wait.
      let nap = min(pause, patience.remaining)
      guard nap > 0 else {
        throw .undelivered(Undelivered(failed: withheld, policy, waited: wait))
      }
      guard Watched.wait(for: [.readable(Signals.descriptor)], seconds: nap) == nil else {
        throw .stopped(delivered: [])
      }
      pause = min(pause * 2, 0.1)
    }
  }

  /// What makes each group's message; the content is read and checked once.
  private func maker(
    _ content: Content, _ console: Console, _ deadline: Deadline
  ) throws(CommandError) -> (GroupName) throws(Message.Fault) -> Message {
    switch content {
    case .message(let text):
      let value = try Self.read(text)
      try checkFrame(value.longestStringSize)
      return { _ throws(Message.Fault) in try Message(value) }
    case .html(let options):
      let html = try options.html(console, deadline, limit: maxBytes)
      if options.isWholeMessage { try checkWhole(html) }
      try checkFrame(html.utf8.count)
      let envelope = global.envelope
      return { group throws(Message.Fault) in try envelope.message(html: html, group: group) }
    }
  }

  func checkFrame(_ bytes: Int) throws(CommandError) {
    if bytes > maxBytes { throw .frameTooLarge(bytes: bytes, limit: maxBytes) }
  }

  /// Refuses a whole message that no page would act on.
  func checkWhole(_ html: String) throws(CommandError) {
    // Most begin with their element; then there is no need to look through all of it.
    guard !isRaw, !html.utf8.starts(with: "<turbo-stream ".utf8) else { return }
    if StreamMarkup.elements(in: html).isEmpty { throw .content(.noElement) }
  }

  private static func readConfirm(
    _ arguments: ParsedArguments, _ layer: LayerConfiguration
  ) throws(UsageError) -> Double? {
    guard let seconds = try arguments[confirm] else { return nil }
    guard layer.backend == .core else {
      throw .invalid(what: confirm.spec.long, detail: "the pub/sub layer has no queues")
    }
    guard seconds > 0, seconds < Double(layer.expiry) else {
      throw .invalid(
        what: confirm.spec.long,
        detail: "must be more than 0, and less than the \(layer.expiry) s that a message waits")
    }
    return seconds
  }

  private static func readPolicy(
    _ arguments: ParsedArguments, _ layer: LayerConfiguration, isBulk: Bool, waits: Bool
  ) throws(UsageError) -> SendPolicy {
    var policy = SendPolicy()
    policy.require = try arguments[require] ?? (waits ? 1 : 0)
    policy.fullTimeout = try arguments[fullTimeout] ?? policy.fullTimeout
    if let life = try arguments.positive(onceLife) { policy.onceLife = Int(life.rounded(.up)) }
    let asked = try arguments[whenFull].flatMap(SendPolicy.WhenFull.init)
    if layer.backend == .pubsub {
      for option in [whenFull.spec, fullTimeout.spec]
      where arguments.options.contains(where: { $0.name == option.name }) {
        throw .invalid(what: option.long, detail: "the pub/sub layer has no queues")
      }
    } else {
      policy.whenFull = asked ?? (isBulk ? .wait : .drop)
    }
    return policy
  }

  private static func readContent(_ arguments: ParsedArguments) throws(UsageError) -> Content {
    guard let text = try arguments[message] else { return .html(try ContentOptions(arguments)) }
    for option in ContentOptions.specs + [raw.spec, GlobalOptions.envelope.spec] {
      try arguments.requireAtMostOne(of: [message.spec, option])
    }
    return .message(text)
  }

  private static func read(_ message: String) throws(CommandError) -> Value {
    do {
      return try JSONReader.read(Array(message.utf8))
    } catch {
      throw .json(error, text: Array(message.utf8), origin: Self.message.spec.long)
    }
  }
}
