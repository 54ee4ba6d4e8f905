import Core
import Glibc

/// Joins groups as a consumer and prints what arrives.
struct TailCommand: Command {
  private let global: GlobalOptions
  private let recipients: Recipients
  private let printer: MessagePrinter
  private let count: Int?
  private let timeout: Double?
  private let lease: Double

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    recipients = try Recipients(arguments)
    let formats = try arguments.all(Self.format)
    if let first = formats.first, let other = formats.first(where: { $0 != first }) {
      throw .conflict("--format \(first)", "--format \(other)")
    }
    let format = formats.first.flatMap(MessagePrinter.Format.init)
    if global.isJSON, let format, format != .json {
      throw .conflict("--json", "--format \(format)")
    }
    printer = MessagePrinter(
      format: global.isJSON ? .json : format ?? .html, envelope: global.envelope,
      terminator: arguments.contains(Self.null) ? 0 : UInt8(ascii: "\n"),
      isQuiet: global.isQuiet)
    count = try arguments[Self.count]
    timeout = global.timeout
    lease = try arguments[Self.lease] ?? 60
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

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let end = Deadline(seconds: timeout)
    let groups = try recipients.groups(global)
    let address = try global.address(console)
    Signals.watch()
    let watched: [Watched] =
      [.readable(Signals.descriptor)] + (console.output.descriptor.map { [.hangUp($0)] } ?? [])
    var layer = try global.open(address, console, step(end), watched: watched)
    var membership = Membership(groups: groups, lease: lease)
    var received = 0
    do throws(CommandError) {
      try join(&layer, &membership, console, end)
      try follow(&layer, &membership, console, end, &received)
      leave(membership, address, console)
      return .done
    } catch {
      leave(membership, address, console)
      if case .layer(.interrupted, _) = error {
        // Where no signal came, the reader of our output is gone.
        return Signals.received() ?? .done
      }
      guard case .layer = error, end.hasPassed else { throw error }
      if let count, let timeout {
        throw .tooFew(received: received, expected: count, seconds: timeout)
      }
      return .done
    }
  }

  /// Seconds that the server may take for an answer that should come at once.
  private static let patience = 5.0
  /// Below this, the wait for a message, a second at least, would outlast the time to renew.
  private static let shortestLease = 2.0
  /// Messages taken off the queue at once.
  private static let batch = 512

  /// By when a step that waits for `seconds` has to be done.
  private func step(_ end: Deadline, waiting seconds: Int = 0) -> Deadline {
    .min(end, Deadline(seconds: Double(seconds) + Self.patience))
  }

  private func join(
    _ layer: inout CoreLayer, _ membership: inout Membership, _ console: Console, _ end: Deadline
  ) throws(CommandError) {
    try asking { () throws(ChannelsError) in
      try membership.join(&layer, deadline: step(end))
    }
    guard global.verbosity > 0 else { return }
    for (group, channel) in membership.channels {
      console.note("joined \(group.text) as \(channel)")
    }
  }

  /// Prints until the count is reached; the end of the time, a signal or the end of our reader is thrown.
  private func follow(
    _ layer: inout CoreLayer, _ membership: inout Membership, _ console: Console, _ end: Deadline,
    _ received: inout Int
  ) throws(CommandError) {
    var renewal = Deadline(seconds: membership.interval)
    while received < count ?? .max {
      if renewal.hasPassed {
        let missed = try asking { () throws(ChannelsError) in
          try membership.renew(&layer, deadline: step(end))
        }
        for group in missed {
          console.note("dropped from \(group.text) and joined again: messages may have been missed")
        }
        renewal = Deadline(seconds: membership.interval)
      }
      let seconds = max(1, Int(min(renewal.remaining, 5).rounded(.up)))
      let members = try asking { () throws(ChannelsError) in
        try layer.take(
          from: membership.queue, limit: min(Self.batch, (count ?? .max) - received),
          waiting: seconds, deadline: step(end, waiting: seconds))
      }
      for member in members
      where try printer.print(member.bytes, score: member.score, membership, console) {
        received += 1
      }
    }
  }

  /// Leaves the groups over a connection of its own, since the other may be waiting for a message.
  ///
  /// That this fails is no fault of the command: the lease ends by itself.
  private func leave(_ membership: Membership, _ address: RedisAddress, _ console: Console) {
    do {
      var layer = try global.open(address, console, Deadline(seconds: Self.patience))
      try membership.leave(&layer, deadline: Deadline(seconds: Self.patience))
    } catch {
      guard global.verbosity > 0 else { return }
      console.note("could not leave the groups; the lease ends in \(Int(lease)) s")
    }
  }
}

extension TailCommand {
  private static let count = Option.integer(
    "count", in: 1...Int.max, short: "c", summary: "End after N messages",
    details: "With --timeout: exit 4 if fewer came.")
  private static let format = Option.choice(
    "format", of: MessagePrinter.Format.allCases.map(\.rawValue), placeholder: "FORMAT",
    defaultValue: "html", summary: "html or json; --json is --format json")
  private static let null = Switch(
    "null", short: "0", summary: "End each message with a NUL in place of a newline")
  private static let lease = Option.seconds(
    "lease", defaultValue: "60", summary: "How long the membership outlives a killed tail",
    details: "It is renewed every third of it.")

  static let spec = CommandSpec(
    name: "tail",
    summary: "Print the messages that arrive at a group",
    discussion: """
      Joins the groups as a consumer does and prints what arrives, until the count, the timeout, a signal \
      or the end of its reader. Then it leaves the groups; killed, it is gone after the lease.
      """,
    arguments: [Recipients.argument],
    options: [
      Recipients.chat.spec, count.spec, format.spec, null.spec, lease.spec,
    ],
    examples: [
      Example("turboctl tail turbo_stream.chat_1", explanation: "Follow a group"),
      Example(
        "turboctl tail --chat 1 --count 1 --timeout 10s",
        explanation: "Wait for one message, or fail with exit 4"),
    ])
}
