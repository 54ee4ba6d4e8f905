import Core
import Glibc

/// Joins groups as a consumer and prints what arrives.
struct TailCommand: Command {
  let global: GlobalOptions
  let recipients: Recipients
  let filter: MessageFilter
  let terminator: UInt8
  let count: Int?
  let timeout: Double?
  let idle: Double?
  let lease: Double
  /// How long to try to connect again; nil: for ever.
  let reconnect: Double?
  let execute: String?
  private let format: MessagePrinter.Format?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    recipients = try Recipients(arguments, takesPatterns: true)
    filter = MessageFilter(
      action: try arguments[Self.action], target: try arguments[Self.target])
    terminator = arguments.contains(Self.null) ? 0 : UInt8(ascii: "\n")
    format = try Self.readFormat(arguments, isJSON: global.isJSON)
    count = try arguments[Self.count]
    timeout = global.timeout
    idle = try arguments[Self.idle]
    lease = try arguments[Self.lease] ?? 60
    reconnect = try arguments[Self.reconnect]
    execute = try arguments[Self.exec]
    if execute == "" { throw .invalid(what: Self.exec.spec.long, detail: "is empty") }
    guard lease >= Self.shortestLease else {
      throw .invalid(
        what: Self.lease.spec.long,
        detail: "at least \(Int(Self.shortestLease)) s are needed to renew it")
    }
    guard lease <= Double(global.layer.memberLife) else {
      throw .invalid(
        what: Self.lease.spec.long,
        detail: "longer than the \(global.layer.memberLife) s that a channel stays in a group")
    }
  }

  /// Below this, the wait for a message, a second at least, would outlast the time to renew.
  private static let shortestLease = 2.0

  private static func readFormat(
    _ arguments: ParsedArguments, isJSON: Bool
  ) throws(UsageError) -> MessagePrinter.Format? {
    let formats = try arguments.all(Self.format)
    if let first = formats.first, let other = formats.first(where: { $0 != first }) {
      throw .conflict("--format \(first)", "--format \(other)")
    }
    let format = formats.first.flatMap(MessagePrinter.Format.init)
    if isJSON, let format, format != .json {
      throw .conflict("--json", "--format \(format)")
    }
    return isJSON ? .json : format
  }

  /// What to print with; nothing where the messages go to a command, unless a format is asked for.
  func printer(for output: Output) -> MessagePrinter? {
    if global.isQuiet || execute != nil && format == nil { return nil }
    let isRead = output.isTerminal && terminator != 0
    return MessagePrinter(
      format: format ?? (isRead ? .pretty : .html), envelope: global.envelope,
      terminator: terminator)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let end = Deadline(seconds: timeout)
    let groups = try recipients.groups(global)
    let patterns = try recipients.patterns()
    let hosts = try global.hosts(console)
    if let meant = filter.meantAction {
      console.note(
        "warning: Turbo has no action '\(filter.action ?? "")'; did you mean '\(meant)'?")
    }
    Signals.watch()
    if execute != nil { Signals.watchChildren() }
    var session: TailSession
    do {
      session = try TailSession(self, groups, hosts, console, end)
    } catch {
      // A signal interrupts connecting too, and then it is no failure.
      if let code = Signals.received() { return code }
      throw error
    }
    do throws(CommandError) {
      try session.join(groups, patterns)
      try session.follow()
      session.leave()
      return .done
    } catch {
      session.leave()
      return try session.outcome(of: error)
    }
  }
}

extension TailCommand {
  private static let action = Option.text(
    "action", short: "a", placeholder: "NAME", kind: .action,
    summary: "Only messages with an element of this action")
  private static let target = Option.text(
    "target", short: "t", placeholder: "ID",
    summary: "Only messages with an element for this target",
    details: "An id, or the selector of targets; with --action, of one and the same element.")
  private static let count = Option.integer(
    "count", in: 1...Int.max, short: "c", summary: "End after N messages",
    details: "With --timeout or --idle: exit 4 if fewer came.")
  private static let idle = Option.seconds("idle", summary: "End when no message came for S")
  private static let format = Option.choice(
    "format", of: MessagePrinter.Format.allCases.map(\.rawValue), placeholder: "FORMAT",
    summary: "html, pretty or json; pretty is the default on a terminal",
    details: """
      html prints each message as it is, and is the default elsewhere; pretty tells the time, the group \
      and what each element does, its HTML laid out below; json, or --json, is an object a line.
      """)
  private static let null = Switch(
    "null", short: "0", summary: "End each message with a NUL in place of a newline")
  private static let exec = Option.text(
    "exec", placeholder: "COMMAND", summary: "Run a shell command for each message",
    details: """
      It finds the HTML on its standard input and the group in TURBOCTL_GROUP; that it fails is a \
      warning. What ends the tail ends it, and all that it started. Messages are then printed only where \
      --format or --json is given.
      """)
  private static let reconnect = Option.seconds(
    "reconnect", defaultValue: "for ever",
    summary: "How long to try again when the connection is lost",
    details: "0: not at all. A first connection that fails is an error at once.")
  private static let lease = Option.seconds(
    "lease", defaultValue: "60", summary: "How long the membership outlives a killed tail",
    details: "It is renewed every third of it.")
  private static let argument = ArgumentSpec(
    "GROUP", kind: .group, arity: .any,
    summary: "A group of the layer, or a pattern as 'turbo_stream.chat_*'")

  static let spec = CommandSpec(
    name: "tail",
    summary: "Print the messages that arrive at groups",
    discussion: """
      Joins the groups as a consumer does and prints what arrives, until the count, the timeout, a signal \
      or the end of its reader. Then it leaves the groups; killed, it is gone after the lease. A pattern \
      also follows groups that appear later.

      A consumer that is stopped or slow misses messages, as any other does; what may have been missed \
      is said on stderr. On the pub/sub layer a tail only listens, and joins nothing.
      """,
    arguments: [argument],
    options: [
      Recipients.chat.spec, action.spec, target.spec, count.spec, idle.spec, format.spec, null.spec,
      exec.spec, reconnect.spec, lease.spec,
    ],
    examples: [
      Example("turboctl tail 'turbo_stream.chat_*'", explanation: "Follow all chats"),
      Example(
        "turboctl tail --chat 1 --count 1 --timeout 10s",
        explanation: "Wait for one message, or fail with exit 4"),
      Example(
        "turboctl tail --chat 1 -a append --exec 'notify-send \"$TURBOCTL_GROUP\"'",
        explanation: "Run a command for each new message"),
    ])
}
