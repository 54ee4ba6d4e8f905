import Core
import Glibc

/// A `pipe` at work: reads what comes, and keeps the target up to date with it.
struct PipeRun {
  private let options: PipeOptions
  private let content: PipeContent
  /// Those that have got all of the text so far.
  private var groups: [GroupName]
  /// Of each group that did not get a message, or not all of its processes, the first such.
  private var missed: [Delivery] = []
  private let layer: any ChannelLayer
  private let input: PipeInput
  private var chunker: TextChunker
  private(set) var report: PipeReport
  /// What the process ends with, where a signal has come.
  private(set) var signal: ExitCode?
  /// Messages that are made and not answered for, with the bytes of text that the page has then.
  private var outbox: [(message: GroupMessage, text: Int)] = []
  /// What the next message brings: the text since the last one, or all of it.
  private var text = ""
  /// Everything so far, where `--end` asks for it.
  private var whole = ""
  /// Bytes of text that messages have been made of.
  private var reached = 0
  private var hasNews = false
  private var hasStarted = false
  private var hasEnded = false
  /// When the first of the news came, and the last bytes.
  private var newsTime = 0.0
  private var readTime = 0.0
  private var sendTime = -Double.infinity

  /// Seconds after which a character is taken for whole, and what came together for one piece.
  private static let settling = 0.01
  /// Bytes of news that are not waited with.
  private static let enough = 1 << 16
  /// Bytes of text that are kept, where a template could make little of much.
  private static let textLimit = 64 << 20

  init(
    _ options: PipeOptions, _ content: PipeContent, _ groups: [GroupName],
    _ layer: any ChannelLayer, _ input: PipeInput
  ) {
    self.options = options
    self.content = content
    self.groups = groups
    self.layer = layer
    self.input = input
    chunker = TextChunker(options.boundary)
    report = PipeReport(groups)
  }

  /// Follows the text to its end, and sends what is left.
  ///
  /// - Returns: the code of the signal that ended it, if one did.
  mutating func run(_ deadline: Deadline) throws(CommandError) -> ExitCode {
    var end = try follow(deadline)
    if case .text = end {
      do throws(CommandError) {
        try finish(deadline)
        if !hasStarted { throw .content(.noText) }
        return .done
      } catch .layer(.interrupted, _) {
        end = .signal
      }
    }
    // A second signal ends it at once.
    if case .signal = end { signal = Signals.received() }
    try finish(Deadline(seconds: Signals.grace))
    if case .fault(let fault) = end { throw fault }
    return signal ?? .done
  }

  private enum End {
    case text
    case signal
    /// What came before is sent all the same.
    case fault(CommandError)
  }

  private mutating func follow(_ deadline: Deadline) throws(CommandError) -> End {
    while true {
      do throws(SystemError) {
        switch try input.next(within: min(pause, deadline.remaining)) {
        case .bytes(let bytes):
          do throws(TextChunker.Fault) {
            try chunker.append(bytes)
          } catch {
            return .fault(.content(.invalidUTF8(origin: Self.origin, offset: error.offset)))
          }
          readTime = Deadline.monotonic()
          note(chunker.take())
        case .nothing where deadline.hasPassed:
          return .fault(.content(.late(origin: Self.origin, seconds: deadline.seconds ?? 0)))
        case .nothing: break
        case .end:
          guard let offset = chunker.brokenEnd else { return .text }
          return .fault(.content(.invalidUTF8(origin: Self.origin, offset: offset)))
        case .signal: return .signal
        }
      } catch {
        return .fault(.content(.unreadable(origin: Self.origin, error)))
      }
      do throws(CommandError) {
        try sendIfDue(deadline)
      } catch .layer(.interrupted, _) {
        return .signal
      }
    }
  }

  private static let origin = "standard input"

  private mutating func sendIfDue(_ deadline: Deadline) throws(CommandError) {
    let now = Deadline.monotonic()
    if now >= readTime + Self.settling { note(chunker.takeSettled()) }
    let enough = options.mode == .append ? Self.enough : Self.textLimit
    guard hasNews, now >= due || text.utf8.count >= enough else { return }
    try makeMessages()
    try deliver(deadline)
    sendTime = Deadline.monotonic()
  }

  /// When the news is to be sent.
  private var due: Double { max(sendTime + options.interval, newsTime + Self.settling) }

  /// Seconds until something is to be done, if nothing comes.
  private var pause: Double {
    let now = Deadline.monotonic()
    let settled = chunker.canSettle ? readTime + Self.settling : .infinity
    return (hasNews ? min(due, max(settled, now + 0.001)) : settled) - now
  }

  private mutating func note(_ piece: String) {
    guard !piece.isEmpty else { return }
    if !hasNews { newsTime = Deadline.monotonic() }
    hasNews = true
    text += piece
    if options.end != nil { whole += piece }
  }

  /// Sends what is left, and the message that ends it all.
  private mutating func finish(_ deadline: Deadline) throws(CommandError) {
    note(chunker.takeAll())
    if hasNews { try makeMessages() }
    if hasStarted, !hasEnded, let html = try content.end(whole) { try post(html) }
    hasEnded = true
    try deliver(deadline)
  }
}

extension PipeRun {
  /// Makes messages of the news.
  private mutating func makeMessages() throws(CommandError) {
    if !hasStarted, let html = try content.start() { try post(html) }
    hasStarted = true
    switch options.mode {
    case .append:
      try makeMessages(of: text)
      text = ""
    case .update:
      reached = text.utf8.count
      let html = try content.html(text)
      let limit = options.maxBytes
      guard html.utf8.count <= limit, reached <= Self.textLimit else {
        throw .content(.textTooLarge(bytes: html.utf8.count, limit: min(limit, Self.textLimit)))
      }
      try post(html)
    }
    hasNews = false
  }

  /// A piece that makes too large a message is halved.
  private mutating func makeMessages(of piece: String) throws(CommandError) {
    let html = try content.html(piece)
    let count = piece.count
    guard html.utf8.count > options.maxBytes, count > 1 else {
      try content.check(html)
      reached += piece.utf8.count
      return try post(html)
    }
    let middle = piece.index(piece.startIndex, offsetBy: count / 2)
    try makeMessages(of: String(piece[..<middle]))
    try makeMessages(of: String(piece[middle...]))
  }

  private mutating func post(_ html: String) throws(CommandError) {
    let envelope = options.global.envelope
    let messages = try GroupMessage.messages(to: groups, as: options.global.layer.serializer) {
      group throws(Message.Fault) in
      try envelope.message(html: html, group: group)
    }
    outbox += messages.map { ($0, reached) }
  }

  /// Sends what waits; what was not answered for, because a signal came first, waits on.
  private mutating func deliver(_ deadline: Deadline) throws(CommandError) {
    guard !outbox.isEmpty else { return }
    var answers = [Delivery?](repeating: nil, count: outbox.count)
    var fault: ChannelsError?
    do {
      try layer.sendAcrossFailovers(
        outbox.map(\.message), policy: options.policy, deadline: deadline
      ) { answers[$0] = $1 }
    } catch {
      fault = error
    }
    for case (let item, let delivery?) in zip(outbox, answers) {
      report.add(delivery, text: item.text, bytes: item.message.size(options.global.envelope))
    }
    outbox = zip(outbox, answers).filter { $1 == nil }.map(\.0)
    let deliveries = answers.compactMap { $0 }
    leaveOut(deliveries)
    // One that is interrupted goes on, to its end.
    if let fault, fault == .interrupted { throw .layer(fault, delivered: []) }
    if let fault { throw .layer(fault.orDoubt(of: missed), delivered: []) }
    if groups.isEmpty, let failure { throw failure }
  }

  /// Leaves out the groups that nobody of got a message, since their text would have a gap; the others go on.
  private mutating func leaveOut(_ deliveries: [Delivery]) {
    guard let undelivered = Undelivered(deliveries, options.policy) else { return }
    for delivery in undelivered.failed where !missed.contains(where: { $0.group == delivery.group })
    {
      missed.append(delivery)
    }
    let lost = undelivered.failed.filter { !$0.hasWritten }.map(\.group)
    groups.removeAll(where: lost.contains)
    outbox.removeAll { lost.contains($0.message.group) }
  }

  /// Who did not get what.
  var failure: CommandError? { Undelivered(missed, options.policy).map { .undelivered($0) } }
}
