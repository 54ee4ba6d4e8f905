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
    var policy = SendPolicy()
    policy.require = try arguments[Self.require] ?? (wait == nil ? 0 : 1)
    policy.whenFull = try arguments[Self.whenFull].flatMap(SendPolicy.WhenFull.init) ?? .drop
    self.policy = policy
    if global.layer.backend == .pubsub, policy.whenFull != .drop {
      throw .invalid(what: Self.whenFull.spec.long, detail: "the pub/sub layer has no queues")
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
    let deadline = Deadline(seconds: global.timeout ?? 30 + (wait ?? 0))
    let groups = try recipients.groups(global)
    let hosts = try global.hosts(console)
    let messages = try GroupMessage.messages(
      to: groups, as: global.layer.serializer, try maker(content, console, deadline))
    if isDryRun {
      try printPlan(messages, hosts, console, deadline)
      return .done
    }
    var start = Deadline.monotonic()
    let layer = global.openLayer(hosts, console)
    if wait != nil || groups.count > 1 && policy != SendPolicy() {
      start += try awaitAudience(of: groups, layer, deadline)
    }
    return try deliver(messages, layer, deadline, since: start, console)
  }

  private func deliver(
    _ messages: [GroupMessage], _ layer: any ChannelLayer, _ deadline: Deadline,
    since start: Double, _ console: Console
  ) throws(CommandError) -> ExitCode {
    var deliveries: [(delivery: Delivery, elapsed: Double)] = []
    var failure: CommandError?
    do {
      try layer.sendAcrossFailovers(messages, policy: policy, deadline: deadline) {
        deliveries.append(($0, Deadline.monotonic() - start))
      }
      failure = Undelivered(deliveries.map(\.delivery), policy).map { .undelivered($0) }
    } catch {
      let written = deliveries.map(\.delivery).filter(\.hasWritten)
      failure = .layer(error, delivered: written.map(\.group))
    }
    let report = SendReport(messages: messages, global: global)
    do {
      for (delivery, elapsed) in deliveries { try report.print(delivery, elapsed, console) }
    } catch {
      // What became of the messages matters more than that nobody can read it.
      failure = failure ?? error
    }
    if let failure { throw failure }
    return .done
  }

  private func run(
    _ options: BatchOptions, _ content: ContentOptions, _ message: String?, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let maker = BatchMaker(
      options.form, self, content, message: try message.map(Self.read),
      groups: try recipients.groups(global), console)
    let hosts = try global.hosts(console)
    Signals.watch()
    do throws(CommandError) {
      let reader = try options.open(console, longest: 2 * maxBytes + 1 << 20)
      var run = BatchRun(self, options, maker, reader, hosts, console)
      return try run.run()
    } catch {
      guard case .batch(.layer(.interrupted, _), _, _) = error, let code = Signals.received()
      else { throw error }
      return Failure(error).report(console, isJSON: global.isJSON, exit: code)
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
      usleep(UInt32(nap * 1e6))
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

  func printPlan(
    _ messages: [GroupMessage], _ hosts: [RedisHost], _ console: Console, _ deadline: Deadline
  ) throws(CommandError) {
    let receivers = receivers(hosts, console, messages.map(\.group), deadline)
    try SendPlan(messages: messages, receivers: receivers, global: global).print(console)
  }

  /// Who would get the messages of a dry run; nil where Redis cannot tell.
  private func receivers(
    _ hosts: [RedisHost], _ console: Console, _ groups: [GroupName], _ deadline: Deadline
  ) -> [SendPlan.Receivers]? {
    do {
      let layer = global.openLayer(hosts, console)
      let audiences = try layer.audiences(of: groups, deadline: deadline)
      var names: [[String]] = []
      for group in groups { names.append(try layer.names(of: group, deadline: deadline)) }
      return zip(audiences, names).map { ($0, $1) }
    } catch {
      return nil
    }
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

extension SendCommand {
  /// What Daphne 4.2 still passes on; a byte more, and it closes the socket of every page in the group.
  static let frameLimit = 1_048_576
  private static let section = "Delivery"

  private static let message = Option.text(
    "message", placeholder: "JSON", kind: .json, section: "Content",
    summary: "Publish this message as it is: no rendering, no envelope")
  private static let raw = Switch(
    "raw", section: "Content", summary: "Take a whole message that holds no <turbo-stream>")
  private static let require = Option.integer(
    "require", in: 0...Int.max, section: section,
    summary: "Send nothing (exit 4) unless each group has N channels")
  private static let wait = Option.seconds(
    "wait", section: section, summary: "Wait so long for the channels that are required",
    details: "Without --require: for one channel in each group.")
  private static let whenFull = Option.choice(
    "when-full", of: SendPolicy.WhenFull.allCases.map(\.rawValue), placeholder: "WHAT",
    defaultValue: "drop", section: section,
    summary: "drop or fail, where a process's queue is full",
    details: """
      drop: that process does not get the message, and the report counts it; channels_redis does so \
      silently. fail: nobody gets it, exit 4.
      """)
  private static let maxBytes = Option.integer(
    "max-bytes", in: 1...Int.max, defaultValue: "\(frameLimit)", section: section,
    summary: "Refuse a larger WebSocket frame",
    details: """
      Daphne 4.2 closes the socket of every page that should get more than the default, and leaves \
      ghosts in the group.
      """)
  private static let dryRun = Switch(
    "dry-run", short: "n", section: section,
    summary: "Print element, message, keys and receivers; write nothing")

  static let spec = CommandSpec(
    name: "send",
    summary: "Publish a Turbo Stream to every page of a group",
    discussion: """
      Renders one Turbo Stream element, or takes a whole message from the content, and publishes it to \
      each group. Says for each who got it.
      """,
    arguments: [Recipients.argument],
    options: [Recipients.chat.spec] + ContentOptions.specs + [
      message.spec, raw.spec, require.spec, wait.spec, whenFull.spec, maxBytes.spec, dryRun.spec,
    ] + BatchOptions.specs,
    examples: [
      Example(
        "turboctl send turbo_stream.chat_1 -a update -t chat-1-message-list --html 'Hello World'",
        explanation: "Update an element on every page of a group"),
      Example(
        "turboctl send --chat 1 -a append -t messages --text 'a < b'",
        explanation: "The same for a chat, with text that is escaped"),
      Example(
        "echo '<turbo-stream action=\"refresh\"></turbo-stream>' | turboctl send --chat 1",
        explanation: "Publish what another program has rendered"),
      Example(
        "turboctl send --chat 1 -a remove -t banner --require 1 --wait 10s",
        explanation: "Wait for somebody to listen, and fail if nobody does"),
    ])
}
