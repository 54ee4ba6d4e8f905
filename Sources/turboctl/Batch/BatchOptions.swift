import Core
import Glibc

/// Which messages a bulk `send` reads, and how it goes on.
struct BatchOptions {
  /// Nil: standard input.
  let path: String?
  let form: BatchMaker.Form
  let firstLine: Int
  /// Messages a second at most.
  let rate: Double?
  let goesOn: Bool

  /// Nil for a `send` of one message.
  init?(_ arguments: ParsedArguments) throws(UsageError) {
    let batch = try arguments[Self.batch]
    let isEachLine = arguments.contains(Self.eachLine)
    guard batch != nil || isEachLine else {
      for option in [Self.fromLine.spec, Self.rate.spec, Self.keepGoing.spec]
      where arguments.options.contains(where: { $0.name == option.name }) {
        throw .invalid(what: option.long, detail: "needs --batch or --each-line")
      }
      guard try arguments[Self.form] == nil else {
        throw .invalid(what: Self.form.spec.long, detail: "needs --each-line")
      }
      return nil
    }
    try arguments.requireAtMostOne(of: [Self.batch.spec, Self.eachLine.spec])
    try arguments.requireAtMostOne(of: [Self.batch.spec, Self.form.spec])
    for option in [ContentOptions.html.spec, ContentOptions.text.spec] where isEachLine {
      try arguments.requireAtMostOne(of: [Self.eachLine.spec, option])
    }
    for mode in [Self.batch.spec, Self.eachLine.spec] {
      try arguments.requireAtMostOne(of: [mode, ContentOptions.file.spec])
    }
    path = batch == "-" ? nil : batch
    form = isEachLine ? .content(isHTML: try arguments[Self.form] == "html") : .object
    firstLine = try arguments[Self.fromLine] ?? 1
    rate = try arguments[Self.rate]
    goesOn = arguments.contains(Self.keepGoing)
  }
}

extension BatchOptions {
  /// Opens what the lines are read from.
  func open(_ console: Console, longest: Int) throws(CommandError) -> LineReader {
    guard let path else {
      return LineReader(console.input, origin: "standard input", longest: longest)
    }
    // A pipe that nobody writes to is waited for where signals and the deadline count.
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .content(.unreadable(origin: path, .last)) }
    return LineReader(Input(descriptor: descriptor), origin: path, longest: longest)
  }

  private static let section = "Many messages"

  static let batch = Option.text(
    "batch", placeholder: "FILE", kind: .file, section: section,
    summary: "A message a line, as JSON; - is standard input",
    details: """
      Keys: group or chat; action, target or targets, attrs; html, text or template with context; once. Or \
      group and message, a channel-layer message as it is: what tail --json prints can be sent again. \
      What a line lacks, the options say. Lines are sent as they come.
      """)
  static let eachLine = Switch(
    "each-line", section: section,
    summary: "Each line of standard input is the content of a message",
    details: "As text, unless --as html. A template finds it as line, and as json where it parses.")
  static let form = Option.choice(
    "as", of: ["text", "html"], placeholder: "FORM", defaultValue: "text", section: section,
    summary: "What the lines of --each-line are: text or html", rank: .special)
  static let fromLine = Option.integer(
    "from-line", in: 1...Int.max, section: section, summary: "Begin with line N of the input",
    details: """
      What ended early says with which line to go on: the first that nobody got. Lines that reached some, or \
      are in doubt, are named and not sent again unasked. In doubt is what a server was asked that then said \
      nothing for 10 s.
      """, rank: .special)
  static let rate = Option.rate(
    "rate", section: section, summary: "Send so many messages a second at most", rank: .special)
  static let keepGoing = Switch(
    "keep-going", section: section, summary: "Go on after a bad line, or one that was refused",
    details: "The end names them: exit 2 for bad lines; 5 for others, or 3 if nobody got anything.",
    rank: .special)

  static let specs = [
    batch.spec, eachLine.spec, form.spec, fromLine.spec, rate.spec, keepGoing.spec,
  ]
}
