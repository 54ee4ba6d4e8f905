import Core

/// A bench: a private audience is made, measured with, and taken away, however it ends.
protocol BenchCommand: Command {
  var plan: BenchPlan { get }
}

extension BenchCommand {
  static var family: CommandFamily? { .bench }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let end = Deadline(seconds: plan.global.timeout)
    let html = try plan.html(console, end)
    let hosts = try plan.global.hosts(console)
    Signals.watch()
    let (layer, audience) = try plan.open(hosts, console)
    let isQuiet = plan.global.isQuiet || plan.global.isJSON || plan.isCSV
    let progress = Progress(console, isQuiet: isQuiet)
    var run = BenchRun(plan, layer, audience, html: html, end: end, progress)
    var fault: CommandError?
    do {
      try run.run()
    } catch {
      fault = error
    }
    // A second signal ends it at once.
    Signals.unwatch()
    leave(audience, isAbrupt: fault != nil, console)
    progress?.hide()
    switch fault {
    case nil:
      try show(run.report, console)
      return .done
    case .layer(.interrupted, _):
      try show(run.report, console)
      return Signals.received() ?? .interrupted
    case .some(let fault): throw fault
    }
  }

  private func leave(_ audience: any PrivateAudience, isAbrupt: Bool, _ console: Console) {
    do {
      try audience.leave(isAbrupt: isAbrupt, deadline: Deadline(seconds: Patience.leave))
    } catch {
      guard plan.global.verbosity > 0 else { return }
      console.note("could not leave the group; the lease ends in \(PrivateQueues.lease) s")
    }
  }

  private func show(_ report: BenchReport, _ console: Console) throws(CommandError) {
    guard !plan.global.isQuiet, !report.results.isEmpty else { return }
    if plan.global.isJSON {
      for object in report.objects { try console.print(object) }
      return
    }
    if plan.isCSV { return try console.print(report.csv.joined(separator: "\n")) }
    try console.print(report.heading)
    try console.print(report.table)
    if console.output.isTerminal {
      for line in report.bars(width: console.output.width) { try console.print(line) }
    }
    for warning in report.warnings { console.note("warning: \(warning)") }
  }
}

extension CommandFamily {
  static let bench = CommandFamily(
    name: "bench", summary: "Measure your Redis, through a private group")
}

/// What a bench does to a server, for its help.
private let effects = """
  It makes members of its own in a group of its own, turboctl.bench.…, and takes them away again, also on a \
  signal; killed, they are gone after \(PrivateQueues.lease) s. No group of the site is touched and no queue \
  gets more than its capacity; about 4 MB wait in the server at most, or one message where that is more. The \
  server is busy meanwhile: without --messages and --duration for 2 s at the longest.

  BYTES leave here for each message, and the server's processor works CPU US microseconds on it (INFO). That \
  somebody else sent the server something meanwhile is said: it worked for them too.
  """

/// How fast messages go out.
struct BenchSendCommand: BenchCommand {
  let plan: BenchPlan

  init(_ arguments: ParsedArguments) throws(UsageError) { plan = try BenchPlan(.send, arguments) }

  static let spec = CommandSpec(
    name: "send", summary: "How fast messages go to a group",
    discussion: """
      First each message is waited for, as single sends are; then as many go at once as a queue has room \
      for, as those of a batch. After that the queues are counted, and one of them is read.

      \(effects)
      """,
    options: BenchPlan.specs(),
    examples: [
      Example(
        "turboctl bench send --members 1000 --processes 8",
        explanation: "A message to a thousand pages")
    ])
}

/// How fast messages come in.
struct BenchTailCommand: BenchCommand {
  let plan: BenchPlan

  init(_ arguments: ParsedArguments) throws(UsageError) { plan = try BenchPlan(.tail, arguments) }

  static let spec = CommandSpec(
    name: "tail", summary: "How fast messages are taken off a queue",
    discussion: """
      A queue is filled and taken off again: first a message at a time, as channels_redis does it, then all \
      at once, as tail does. Every message is compared with what was sent. On the pub/sub layer, which has \
      no queues, they wait in a subscription.

      \(effects)
      """,
    options: BenchPlan.specs(isOfOneProcess: true),
    examples: [
      Example("turboctl bench tail --size 4096", explanation: "With larger messages")
    ])
}

/// How long a message is under way.
struct BenchRoundtripCommand: BenchCommand {
  let plan: BenchPlan

  init(_ arguments: ParsedArguments) throws(UsageError) {
    plan = try BenchPlan(.roundtrip, arguments)
  }

  static let spec = CommandSpec(
    name: "roundtrip", summary: "How long a message takes from send to receipt",
    discussion: """
      Consumers wait, each process over a connection of its own; a message is sent, and the time ends when \
      the last of them has it.

      \(effects)
      """,
    options: BenchPlan.specs(),
    examples: [
      Example(
        "turboctl bench roundtrip --processes 1 --duration 10s --csv",
        explanation: "The latency of one process, for a spreadsheet")
    ])
}
