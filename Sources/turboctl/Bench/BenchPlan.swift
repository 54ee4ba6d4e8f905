import Core

/// What is measured.
enum Bench: String {
  case send, tail, roundtrip

  /// How messages go.
  enum Way: String {
    /// One after the other, each waited for.
    case single
    /// As many at once as a queue has room for.
    case bulk
  }

  func ways(_ backend: LayerConfiguration.Backend) -> [Way] {
    switch self {
    case .send: [.single, .bulk]
    // A subscriber asks for no message.
    case .tail: backend == .core ? [.single, .bulk] : [.bulk]
    case .roundtrip: [.single]
    }
  }
}

/// What the options of a bench ask for.
struct BenchPlan {
  let bench: Bench
  let global: GlobalOptions
  let members: Int
  let processes: Int
  /// Of each way.
  let messages: Int
  /// Seconds of all ways together; nil: as long as it takes.
  let duration: Double?
  let isCSV: Bool
  private let size: Int
  private let template: (name: String, options: TemplateOptions)?

  init(_ bench: Bench, _ arguments: ParsedArguments) throws(UsageError) {
    self.bench = bench
    var global = try GlobalOptions(arguments)
    // The life of a queue, once we are gone.
    global.layer.expiry = min(global.layer.expiry, PrivateQueues.lease)
    self.global = global
    let isCore = global.layer.backend == .core
    if !isCore, arguments.wasTyped(Self.members) {
      throw .invalid(
        what: Self.members.spec.long, detail: "the pub/sub layer knows connections alone",
        hint: bench == .tail ? nil : "--processes N listens over so many")
    }
    processes = bench == .tail ? 1 : try arguments[Self.processes] ?? 10
    let members = try arguments[Self.members] ?? max(100, processes)
    guard members >= processes else {
      throw .invalid(
        what: Self.members.spec.long, detail: "\(processes) processes have a member each at least")
    }
    self.members = isCore ? members : processes
    try arguments.requireAtMostOne(of: [Self.csv.spec, GlobalOptions.json.spec])
    isCSV = arguments.contains(Self.csv)
    let messages = try arguments[Self.messages]
    let duration = try arguments[Self.duration]
    if duration == 0 {
      throw .invalid(what: Self.duration.spec.long, detail: "must be more than 0")
    }
    self.messages = messages ?? (duration == nil ? Self.usualMessages : .max)
    self.duration = duration ?? (messages == nil ? Self.usualDuration : nil)
    try arguments.requireAtMostOne(of: [Self.size.spec, Self.template.spec])
    size = try arguments[Self.size] ?? Self.usualSize
    let options = try TemplateOptions(arguments)
    template = try arguments[Self.template].map { ($0, options) }
    if template == nil { try TemplateOptions.requireNone(of: arguments) }
  }

  private static let usualMessages = 500
  private static let usualDuration = 2.0
  private static let usualSize = 512

  /// The HTML of each message, up to its number.
  func html(_ console: Console, _ deadline: Deadline) throws(CommandError) -> String {
    guard let template else {
      return String(repeating: "x", count: size - Self.numbered("", 0).utf8.count)
    }
    let context = try template.options.context(console, deadline)
    return try template.options.renderer(console).render(template.name, context, deadline)
  }

  /// By its number a message is told from the others; a page would not show it.
  static func numbered(_ html: String, _ number: Int) -> String {
    let digits = String(number % 100_000_000)
    return "\(html)<!--\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)-->"
  }

  func open(
    _ hosts: [RedisHost], _ console: Console
  ) throws(CommandError) -> (layer: any ChannelLayer, audience: any PrivateAudience) {
    let watched = [Watched.readable(Signals.descriptor)]
    let group = try GlobalOptions.group(PrivateNames.group())
    switch global.layer.backend {
    case .core:
      let layer = global.open(hosts, console, watched: watched)
      let audience = PrivateQueues(
        layer, leavingBy: global.open(hosts, console), group: group, members: members,
        processes: processes)
      return (layer, audience)
    case .pubsub:
      let layer = global.openPubSub(hosts, console, watched: watched)
      return (layer, PrivateSubscriptions(layer, group: group, processes: processes))
    }
  }
}

extension BenchPlan {
  private static let members = Option.integer(
    "members", in: 1...100_000, defaultValue: "100", summary: "Channels of the private group",
    details: "Pages, to a site. Of the core layer alone: the other knows connections.")
  private static let processes = Option.integer(
    "processes", in: 1...500, defaultValue: "10", summary: "Processes that those live in",
    details: "Each has one queue for all its channels, or one connection with --backend pubsub.")
  private static let size = Option.integer(
    "size", in: 15...1_048_576, placeholder: "BYTES", defaultValue: "512",
    summary: "Bytes of HTML in each message")
  private static let template = Option.text(
    TemplateOptions.template.spec.name, placeholder: "NAME", kind: .template, section: "Content",
    summary: "The HTML from a Django template, with a comment that numbers it")
  private static let messages = Option.integer(
    "messages", in: 1...Int.max, defaultValue: "500",
    summary: "Messages that are measured, each way",
    details: "With --duration what is reached first; without both it ends after 2 s at the latest.")
  private static let duration = Option.seconds(
    "duration", summary: "Measure for S seconds")
  private static let csv = Switch("csv", summary: "Results as CSV, under a line of names")

  /// - Parameter isOfOneProcess: there is no choice of how many.
  static func specs(isOfOneProcess: Bool = false) -> [OptionSpec] {
    [members.spec] + (isOfOneProcess ? [] : [processes.spec])
      + [size.spec, messages.spec, duration.spec, csv.spec, template.spec]
      + TemplateOptions.specs.filter { $0.name != template.spec.name }
  }
}
