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
  private let progress: Progress?
  private let start = Deadline.monotonic()
  private let deadline: Deadline
  private var report = BatchReport()
  /// Messages that the rate has let through.
  private var paced = 0

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
    layer = command.global.openLayer(hosts, console, watched: [.readable(Signals.descriptor)])
    self.console = console
    deadline = Deadline(seconds: command.global.timeout)
    progress = Progress(console, isQuiet: command.global.isQuiet)
  }

  mutating func run() throws(CommandError) -> ExitCode {
    do throws(CommandError) {
      while true {
        let lines = try nextLines()
        if lines.isEmpty { break }
        try send(lines)
        progress?.show(report.all.messages, part: part)
      }
    } catch {
      progress?.hide()
      throw .batch(error, report, origin: reader.origin)
    }
    progress?.hide()
    // cron and daemons have an empty standard input.
    if options.path == nil, reader.position == 0 { throw .content(.noLines) }
    return try finish()
  }

  private var part: Double? {
    reader.size.map { Double(reader.position) / Double(max($0, 1)) }
  }

  private func nextLines() throws(CommandError) -> [LineReader.Line] {
    do throws(SystemError) {
      return try reader.lines(
        limit: window, budget: Self.budget, waiting: true,
        watched: [.readable(Signals.descriptor)])
    } catch {
      switch error {
      case .interrupted: throw .layer(.interrupted, delivered: [])
      case .tooLarge:
        throw .line(
          origin: reader.origin, report.lastLine + 1,
          .content(.tooLarge(origin: "the line", limit: command.maxBytes)))
      default: throw .content(.unreadable(origin: reader.origin, error))
      }
    }
  }

  /// With a rate, no more than a tenth of a second's lines at once.
  private var window: Int {
    options.rate.map { max(1, min(Self.window, Int($0 / 10))) } ?? Self.window
  }

  private mutating func send(_ lines: [LineReader.Line]) throws(CommandError) {
    var messages: [GroupMessage] = []
    var places: [Int] = []
    for line in lines where line.number >= options.firstLine {
      do throws(CommandError) {
        let made = try maker.messages(line.bytes)
        messages += made
        places += made.map { _ in line.number }
      } catch {
        let fault = CommandError.line(origin: reader.origin, line.number, error)
        guard options.goesOn else {
          try send(messages, places)
          throw fault
        }
        report.bad.add(line.number)
        progress?.hide()
        console.note(Failure(fault).line)
      }
    }
    try send(messages, places)
    report.lastLine = lines.last?.number ?? report.lastLine
  }

  private mutating func send(
    _ messages: [GroupMessage], _ lines: [Int]
  ) throws(CommandError) {
    guard !messages.isEmpty else { return }
    try pace(messages.count)
    if command.isDryRun {
      return try command.printPlan(messages, hosts, console, deadline)
    }
    let begin = Deadline.monotonic()
    var output: [UInt8] = []
    var answered = 0
    var failure: CommandError?
    do throws(ChannelsError) {
      try layer.sendAcrossFailovers(messages, policy: command.policy, deadline: deadline) {
        delivery in
        let size = messages[answered].size(command.global.envelope)
        report.add(delivery, line: lines[answered], bytes: size)
        if command.global.isJSON {
          let elapsed = Deadline.monotonic() - begin
          append(delivery, line: lines[answered], size, elapsed, to: &output)
        }
        answered += 1
      }
    } catch {
      failure = .layer(error, delivered: [])
      if error.isUncertain || error == .interrupted, answered < lines.count {
        report.uncertain = lines[answered]...lines[lines.count - 1]
      }
    }
    report.lastLine = answered < lines.count ? lines[answered] - 1 : lines[lines.count - 1]
    try write(output)
    if let failure { throw failure }
    if let refused = report.refusal, !options.goesOn,
      let undelivered = Undelivered([refused], command.policy)
    {
      throw .undelivered(undelivered)
    }
  }

  private func append(
    _ delivery: Delivery, line: Int, _ size: Int, _ elapsed: Double, to output: inout [UInt8]
  ) {
    let fields = SendReport.fields(delivery, bytes: size, elapsed)
    guard var fields, !command.global.isQuiet else { return }
    fields["line"] = .integer(line)
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

  /// Waits until the rate allows so many more.
  private mutating func pace(_ count: Int) throws(CommandError) {
    guard let rate = options.rate else { return }
    let due = start + Double(paced) / rate
    paced += count
    let pause = due - Deadline.monotonic()
    if pause > 0, Watched.wait(for: [.readable(Signals.descriptor)], seconds: pause) != nil {
      throw .layer(.interrupted, delivered: [])
    }
  }

  private func finish() throws(CommandError) -> ExitCode {
    if command.isDryRun, report.bad.count == 0 { return .done }
    let isFine = report.bad.count == 0 && report.withheld.count == 0 && report.refusal == nil
    if !command.global.isQuiet, !command.global.isJSON {
      for line in report.lines(elapsed: Deadline.monotonic() - start) { try console.print(line) }
    }
    guard isFine else { throw .batch(nil, report, origin: reader.origin) }
    return .done
  }
}
