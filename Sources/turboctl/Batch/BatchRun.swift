import Core
import Glibc

/// A bulk `send` at work: reads lines as they come, sends what they make, and counts.
struct BatchRun {
  let command: SendCommand
  let options: BatchOptions
  let maker: BatchMaker
  let reader: LineReader
  private let hosts: [RedisHost]
  private let layer: any ChannelLayer
  let console: Console
  let progress: Progress?
  private let start = Deadline.monotonic()
  private let deadline: Deadline
  var report = BatchReport()
  /// What has been sent and is not yet part of the report.
  var uncounted: [SentWindow] = []
  /// Messages that the rate has let through.
  private var paced = 0
  var hasWarned = false

  /// Lines that are made and sent at once, and about how many bytes of them.
  private static let window = 1000
  private static let budget = 1 << 20

  init(
    _ command: SendCommand, _ options: BatchOptions, _ maker: BatchMaker, _ reader: LineReader,
    _ hosts: [RedisHost], _ console: Console
  ) {
    self.command = command
    self.options = options
    self.maker = maker
    self.reader = reader
    self.hosts = hosts
    layer = command.global.openSender(hosts, console, patience: Patience.silence)
    self.console = console
    deadline = Deadline(seconds: command.global.timeout)
    progress = Progress(console, isQuiet: command.global.isQuiet)
  }

  /// Messages that go out together, each with the number of its line.
  struct Window {
    var messages: [GroupMessage] = []
    var lines: [Int] = []
    /// A bad line after them that ends the batch.
    var fault: CommandError?
    /// The last line that was read.
    var last = 0
  }

  mutating func run() throws(CommandError) -> ExitCode {
    do throws(CommandError) {
      var window = try next(waiting: true)
      while let current = window {
        window = try send(current)
        if let fault = current.fault { throw fault }
        progress?.show(report.all.messages, part: part)
        if window == nil { window = try next(waiting: true) }
      }
    } catch {
      progress?.hide()
      throw .batch(error, report, origin: reader.origin)
    }
    progress?.hide()
    // cron and daemons have an empty standard input.
    if options.path == nil, reader.position == 0 { throw .content(.noLines) }
    // The line behind the last is what a batch that ended there goes on with.
    if options.firstLine > report.lastLine + 1 {
      throw .content(.tooFewLines(origin: reader.origin, report.lastLine, first: options.firstLine))
    }
    return try finish()
  }

  private var part: Double? {
    reader.size.map { Double(reader.position) / Double(max($0, 1)) }
  }

  /// Reads lines and makes their messages; nil at the end, or where no line has come and nobody waits.
  private mutating func next(waiting: Bool) throws(CommandError) -> Window? {
    let lines = try readLines(waiting: waiting)
    guard let last = lines.last else { return nil }
    var window = Window(last: last.number)
    for line in lines where line.number >= options.firstLine {
      do throws(CommandError) {
        let made = try maker.messages(line.bytes)
        window.messages += made
        for _ in made { window.lines.append(line.number) }
      } catch {
        let fault = CommandError.line(origin: reader.origin, line.number, error)
        guard options.goesOn else {
          window.fault = fault
          window.last = line.number - 1
          break
        }
        report.bad.add(line.number)
        progress?.hide()
        console.note(Failure(fault).line)
      }
    }
    return window
  }

  private func readLines(waiting: Bool) throws(CommandError) -> [LineReader.Line] {
    do throws(SystemError) {
      return try reader.lines(
        limit: limit, budget: Self.budget, waiting: waiting,
        watched: [.readable(Signals.descriptor)], deadline)
    } catch {
      switch error {
      case .interrupted: throw .layer(.interrupted, delivered: [])
      case .timedOut: throw late
      case .tooLarge:
        throw .line(
          origin: reader.origin, reader.count + 1,
          .content(.tooLarge(origin: "the line", limit: command.maxBytes)))
      default: throw .content(.unreadable(origin: reader.origin, error))
      }
    }
  }

  /// With a rate, no more than a tenth of a second's lines at once.
  private var limit: Int {
    options.rate.map { max(1, min(Self.window, Int($0 / 10))) } ?? Self.window
  }

  /// Sends a window, and counts it unless there is something better to do while the server works on the next.
  ///
  /// - Returns: the next one, where it was there already.
  private mutating func send(_ window: Window) throws(CommandError) -> Window? {
    if window.messages.isEmpty || command.isDryRun {
      try account()
      if command.isDryRun { try command.printPlan(window.messages, hosts, console, deadline) }
      report.lastLine = window.last
      return nil
    }
    try pace(window.messages.count)
    var following: Window?
    var failure: CommandError?
    let sent = transmit(window, &following, &failure)
    uncounted.append(sent)
    if following != nil, failure == nil, options.rate == nil, sent.isDelivered { return following }
    try account()
    if let failure { throw failure }
    if let refusal = report.refusal, !options.goesOn,
      let undelivered = Undelivered([refusal.delivery], command.policy)
    {
      throw .line(origin: reader.origin, refusal.line, .undelivered(undelivered))
    }
    return following
  }

  /// Sends a window; while the server works, counts the one before and makes the next.
  private mutating func transmit(
    _ window: Window, _ following: inout Window?, _ failure: inout CommandError?
  ) -> SentWindow {
    let begin = Deadline.monotonic()
    var sent = SentWindow(window)
    do throws(ChannelsError) {
      try layer.sendAcrossFailovers(
        window.messages, policy: command.policy, deadline: deadline,
        meanwhile: {
          do throws(CommandError) {
            try account()
            if window.fault == nil { following = try next(waiting: false) }
          } catch {
            failure = error
          }
        },
        report: { sent.answers[$0] = Answer(delivery: $1, elapsed: Deadline.monotonic() - begin) })
    } catch {
      failure = .layer(error, delivered: [])
      sent.isUncertain = error != .interrupted && error.isUncertain
    }
    return sent
  }

  /// Waits until the rate allows so many more.
  private mutating func pace(_ count: Int) throws(CommandError) {
    guard let rate = options.rate else { return }
    let due = start + Double(paced) / rate
    paced += count
    let pause = due - Deadline.monotonic()
    guard pause > 0 else { return }
    let patience = min(pause, deadline.remaining)
    if Watched.wait(for: [.readable(Signals.descriptor)], seconds: patience) != nil {
      throw .layer(.interrupted, delivered: [])
    }
    if patience < pause { throw late }
  }

  /// The time was over before the lines were.
  private var late: CommandError {
    .content(.late(origin: reader.origin, seconds: deadline.seconds ?? 0))
  }

  private func finish() throws(CommandError) -> ExitCode {
    if command.isDryRun, report.bad.count == 0 { return .done }
    let isFine = report.bad.count == 0 && report.withheld.count == 0 && report.refusal == nil
    if !command.global.isQuiet, !command.global.isJSON {
      for line in report.lines(elapsed: Deadline.monotonic() - start) { try console.print(line) }
    }
    if isFine, !layer.givenUp.isEmpty { throw .givenUp(layer.givenUp) }
    guard isFine else {
      var report = report
      report.givenUp = layer.givenUp
      throw .batch(nil, report, origin: reader.origin)
    }
    return .done
  }
}
