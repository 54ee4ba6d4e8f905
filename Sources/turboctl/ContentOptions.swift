import Core

/// What `send` and `render` make their HTML from.
struct ContentOptions {
  enum Source {
    case html(String)
    case text(String)
    case file(String)
    case standardInput
    /// By its name on the search path.
    case template(String)
  }

  var action: String?
  var target: String?
  var targets: String?
  var attributes: [(name: String, value: String)]
  var source: Source?
  let isCustomAction: Bool
  let template: TemplateOptions

  /// - Parameter isComplete: false for the defaults of a batch, where each line brings the rest.
  init(_ arguments: ParsedArguments, isComplete: Bool = true) throws(UsageError) {
    action = try arguments[Self.action]
    try arguments.requireAtMostOne(of: [Self.target.spec, Self.targets.spec])
    target = try arguments[Self.target]
    targets = try arguments[Self.targets]
    attributes = try Self.attributes(arguments)
    isCustomAction = arguments.contains(Self.customAction)
    source = try Self.readSource(arguments)
    template = try TemplateOptions(arguments)
    guard isComplete else { return }
    if case .template = source {} else { try TemplateOptions.requireNone(of: arguments) }
    guard action != nil else {
      for option in [Self.target.spec, Self.targets.spec, Self.attribute.spec]
      where arguments.options.contains(where: { $0.name == option.name }) {
        throw .invalid(what: option.long, detail: "needs an element to stand on: give --action")
      }
      source = source ?? .standardInput
      return
    }
    if try element()?.takesContent == true { source = source ?? .standardInput }
  }

  static func attributes(
    _ arguments: ParsedArguments
  ) throws(UsageError) -> [(name: String, value: String)] {
    try arguments.all(attribute).map { pair in
      let equals = pair.firstIndex(of: "=") ?? pair.endIndex
      return (String(pair[..<equals]), String(pair[equals...].dropFirst()))
    }
  }

  /// Whether there is a place for a content.
  var takesContent: Bool {
    action.flatMap(StreamAction.init)?.hasContent ?? true
  }

  /// Whether both make the same element, but for its content, and both have one or neither.
  func hasElement(of other: ContentOptions) -> Bool {
    (source == nil) == (other.source == nil)
      && action.hasSameBytes(as: other.action) && target.hasSameBytes(as: other.target)
      && targets.hasSameBytes(as: other.targets) && attributes.count == other.attributes.count
      && zip(attributes, other.attributes).allSatisfy {
        $0.name.hasSameBytes(as: $1.name) && $0.value.hasSameBytes(as: $1.value)
      }
  }

  /// The element without its content; nil where the content is the whole message.
  ///
  /// - Parameter dash: `--` where its parts are options, empty where they are keys of a line.
  func element(dash: String = "--") throws(UsageError) -> StreamElement? {
    guard let action else { return nil }
    do throws(StreamElement.Fault) {
      let element = try StreamElement(
        action: action, isCustom: isCustomAction, target: target, targets: targets,
        attributes: attributes)
      if source != nil, !element.takesContent { throw .content(action: action) }
      return element
    } catch {
      throw UsageError(error, dash: dash)
    }
  }

  /// The element, or the bare content where no action is given.
  ///
  /// - Parameter limit: the most bytes that are read.
  func html(
    _ console: Console, _ deadline: Deadline, limit: Int
  ) throws(CommandError) -> String {
    let content = try source.map { source throws(CommandError) in
      try self.content(source, console, deadline, limit)
    }
    do {
      guard var element = try element() else { return content ?? "" }
      element.content = content
      return element.html
    } catch {
      throw .usage(error)
    }
  }

  /// Whether the content is the whole message, and not part of an element made here.
  var isWholeMessage: Bool { action == nil }

  private func content(
    _ source: Source, _ console: Console, _ deadline: Deadline, _ limit: Int
  ) throws(CommandError) -> String {
    switch source {
    case .html(let html): return html
    case .text(let text): return text.htmlEscaped
    case .file(let path):
      return try Self.text(origin: path, deadline, limit) { () throws(SystemError) in
        try Input.readFile(path, deadline, limit: limit)
      }
    case .standardInput:
      guard !console.input.isTerminal else { throw .content(.terminal) }
      let text = try Self.text(origin: "standard input", deadline, limit) {
        () throws(SystemError) in
        // The final newline is no part of the content.
        var bytes = try console.input.readAll(deadline, limit: limit + 1)
        if bytes.isEmpty { return bytes }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes
      }
      guard !text.isEmpty else { throw .content(.empty) }
      return text
    case .template(let name):
      return try template.renderer(console)
        .render(name, try template.context(console, deadline), deadline)
    }
  }

  private static func text(
    origin: String, _ deadline: Deadline, _ limit: Int, read: () throws(SystemError) -> [UInt8]
  ) throws(CommandError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try read()
    } catch {
      switch error {
      case .timedOut: throw .content(.late(origin: origin, seconds: deadline.seconds ?? 0))
      case .tooLarge: throw .content(.tooLarge(origin: origin, limit: limit))
      default: throw .content(.unreadable(origin: origin, error))
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .content(.invalidUTF8(origin: origin, offset: bytes.invalidUTF8Offset))
    }
    return text
  }
}

extension ContentOptions {
  private static func readSource(_ arguments: ParsedArguments) throws(UsageError) -> Source? {
    try arguments.requireAtMostOne(
      of: [html.spec, text.spec, file.spec, TemplateOptions.template.spec])
    if let name = try arguments[TemplateOptions.template] { return .template(name) }
    if let html = try arguments[html] { return .html(html) }
    if let text = try arguments[text] { return .text(text) }
    guard let path = try arguments[file] else { return nil }
    return path == "-" ? .standardInput : .file(path)
  }
}

extension ContentOptions {
  private static let section = "Content"

  static let action = Option.text(
    "action", short: "a", placeholder: "NAME", kind: .action, section: section,
    summary: "append prepend replace update remove before after refresh")
  static let target = Option.text(
    "target", short: "t", placeholder: "ID", section: section,
    summary: "Id of the element that the action acts on")
  static let targets = Option.text(
    "targets", placeholder: "CSS", section: section,
    summary: "The same for all that a selector finds", rank: .special)
  static let html = Option.text(
    "html", placeholder: "HTML", section: section, summary: "The content as HTML",
    details: """
      Of --html, --text, --file and --template at most one; without one the content is read from standard input, \
      where a final newline is dropped. --html '' asks for an empty content.
      """)
  static let text = Option.text(
    "text", placeholder: "TEXT", section: section, summary: "The content as text, escaped")
  static let file = Option.text(
    "file", placeholder: "PATH", kind: .file, section: section,
    summary: "The content from a file; - is standard input")
  static let attribute = Option.text(
    "attr", placeholder: "NAME=VALUE", kind: .keyValue, isRepeatable: true, section: section,
    summary: "A further attribute of the element", details: "As in --attr method=morph.",
    rank: .special)
  static let customAction = Switch(
    "custom-action", section: section, summary: "Take an --action that Turbo does not ship",
    rank: .special)

  static let specs: [OptionSpec] =
    [
      action.spec, target.spec, targets.spec, html.spec, text.spec, file.spec, attribute.spec,
      customAction.spec,
    ] + TemplateOptions.specs
}

extension [UInt8] {
  /// Where the first byte that is not UTF-8 stands.
  fileprivate var invalidUTF8Offset: Int {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: span)
      return count
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
