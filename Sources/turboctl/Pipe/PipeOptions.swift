import Core

/// How a text gets to the page.
struct PipeOptions {
  enum Mode: String, CaseIterable {
    /// Each piece once, behind the others.
    case append
    /// All of the text so far, again and again.
    case update
  }

  let global: GlobalOptions
  let mode: Mode
  /// The element without its content.
  let element: StreamElement
  /// Whether the text goes to the page as it is, not escaped.
  let isHTML: Bool
  let boundary: TextChunker.Boundary
  /// Seconds between two messages, at least.
  let interval: Double
  let template: String?
  let start: String?
  let end: String?
  let rendering: TemplateOptions
  let policy: SendPolicy
  let maxBytes: Int

  init(_ arguments: ParsedArguments, _ global: GlobalOptions) throws(UsageError) {
    self.global = global
    mode = try arguments[Self.mode].flatMap(Mode.init) ?? .append
    element = try Self.readElement(arguments, mode)
    try arguments.requireAtMostOne(of: [Self.form.spec, Self.template.spec])
    isHTML = try arguments[Self.form] == "html"
    boundary =
      try arguments[Self.boundary].flatMap(TextChunker.Boundary.init)
      // A tag that is cut would stand on the page as text.
      ?? (isHTML && mode == .append ? .line : .char)
    interval = try arguments[Self.interval] ?? (mode == .update ? 0.05 : 0)
    template = try arguments[Self.template]
    start = try arguments[Self.start]
    end = try arguments[Self.end]
    rendering = try TemplateOptions(arguments)
    if template == nil, start == nil, end == nil { try TemplateOptions.requireNone(of: arguments) }
    if rendering.readsInput {
      throw .invalid(what: "--context -", detail: "standard input is the text")
    }
    policy = try Self.readPolicy(arguments, global.layer)
    maxBytes = try arguments[SendCommand.maxBytes] ?? SendCommand.frameLimit
  }

  private static func readElement(
    _ arguments: ParsedArguments, _ mode: Mode
  ) throws(UsageError) -> StreamElement {
    let (target, targets) = (
      try arguments[ContentOptions.target], try arguments[ContentOptions.targets]
    )
    guard target != nil || targets != nil else {
      throw .missingArgument("--target ID or --targets CSS", of: arguments.command)
    }
    let attributes = try ContentOptions.attributes(arguments)
    do throws(StreamElement.Fault) {
      return try StreamElement(
        action: mode.rawValue, isCustom: false, target: target, targets: targets,
        attributes: attributes)
    } catch {
      throw UsageError(error, dash: "--")
    }
  }

  private static func readPolicy(
    _ arguments: ParsedArguments, _ layer: LayerConfiguration
  ) throws(UsageError) -> SendPolicy {
    var policy = SendPolicy()
    guard layer.backend == .core else {
      for option in [whenFull.spec, SendCommand.fullTimeout.spec]
      where arguments.options.contains(where: { $0.name == option.name }) {
        throw .invalid(what: option.long, detail: "the pub/sub layer has no queues")
      }
      return policy
    }
    policy.whenFull = try arguments[whenFull].flatMap(SendPolicy.WhenFull.init) ?? .wait
    policy.fullTimeout = try arguments[SendCommand.fullTimeout] ?? policy.fullTimeout
    return policy
  }
}

extension PipeOptions {
  private static let section = "Text"

  private static let mode = Option.choice(
    "mode", of: Mode.allCases.map(\.rawValue), placeholder: "MODE", defaultValue: "append",
    section: section, summary: "append what is new, or update with all of the text so far",
    details: """
      append: each piece goes out once; pieces that come faster than the server answers go out as one. \
      update: the content is replaced by the text so far; a state that a later one has overtaken is \
      skipped, the last is always sent.
      """)
  private static let form = Option.choice(
    "as", of: ["text", "html"], placeholder: "FORM", defaultValue: "text", section: section,
    summary: "What comes: text, which is escaped, or html")
  private static let boundary = Option.choice(
    "boundary", of: TextChunker.Boundary.allCases.map(\.rawValue), placeholder: "WHERE",
    defaultValue: "char", section: section, summary: "Cut behind a char, a word or a line",
    details: """
      A character is what a reader takes for one, an emoji of several code points too. Where HTML is \
      appended, the default is line.
      """, rank: .special)
  private static let interval = Option.seconds(
    "every", section: section, summary: "Send no more often than that",
    details: "With --mode update: 50ms, unless another is given.", rank: .special)
  private static let template = Option.text(
    "template", placeholder: "NAME", kind: .template, section: section,
    summary: "The content from a Django template, in which it is text")
  private static let start = Option.text(
    "start", placeholder: "TEMPLATE", kind: .template, section: section,
    summary: "A whole message to send first, from a template",
    details: "As a *.turbo_stream.html file is. It is sent when the first text comes.")
  private static let end = Option.text(
    "end", placeholder: "TEMPLATE", kind: .template, section: section,
    summary: "A whole message to send last; text is all of the text")
  private static let whenFull = Option.choice(
    "when-full", of: SendPolicy.WhenFull.allCases.map(\.rawValue), placeholder: "WHAT",
    defaultValue: "wait", section: "Delivery",
    summary: "drop, wait or fail, where a process's queue is full",
    details: """
      wait: until there is room; what comes meanwhile goes out as one. drop: that process does not get \
      the message. fail: nobody gets it, exit 4.
      """, rank: .special)

  static let specs: [OptionSpec] =
    [
      ContentOptions.target.spec, ContentOptions.targets.spec, mode.spec, form.spec, boundary.spec,
      interval.spec, template.spec, start.spec, end.spec, ContentOptions.attribute.spec,
    ] + TemplateOptions.specs.dropFirst()
    + [whenFull.spec, SendCommand.fullTimeout.spec, SendCommand.maxBytes.spec]
}
