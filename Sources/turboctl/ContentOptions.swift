import Core

/// What `send` and `render` make their HTML from.
struct ContentOptions {
  private enum Source {
    case html(String)
    case text(String)
    case file(String)
    case standardInput
  }

  private let element: StreamElement?
  /// Nil for an element without a content.
  private let source: Source?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    source = try Self.readSource(arguments)
    guard let name = try arguments[Self.action] else {
      for option in [Self.target.spec, Self.targets.spec, Self.attribute.spec]
      where arguments.options.contains(where: { $0.name == option.name }) {
        throw .invalid(what: option.long, detail: "needs an element to stand on: give --action")
      }
      element = nil
      return
    }
    element = StreamElement(
      action: name, target: try Self.readTarget(arguments, action: name),
      attributes: try Self.readAttributes(arguments))
  }

  /// The element, or the bare content where no action is given.
  ///
  /// - Parameter limit: the most bytes that are read.
  func html(
    _ console: Console, _ deadline: Deadline, limit: Int
  ) throws(CommandError) -> String {
    let content = try source.map { source throws(CommandError) in
      try Self.content(source, console, deadline, limit)
    }
    guard var element else { return content ?? "" }
    element.content = content
    return element.html
  }

  /// Whether the content is the whole message, and not part of an element made here.
  var isWholeMessage: Bool { element == nil }

  private static func content(
    _ source: Source, _ console: Console, _ deadline: Deadline, _ limit: Int
  ) throws(CommandError) -> String {
    switch source {
    case .html(let html): return html
    case .text(let text): return text.htmlEscaped
    case .file(let path):
      return try text(origin: path, deadline, limit) { () throws(SystemError) in
        try Input.readFile(path, deadline, limit: limit)
      }
    case .standardInput:
      guard !console.input.isTerminal else { throw .content(.terminal) }
      let text = try text(origin: "standard input", deadline, limit) { () throws(SystemError) in
        // The final newline is no part of the content.
        var bytes = try console.input.readAll(deadline, limit: limit + 1)
        if bytes.isEmpty { return bytes }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes
      }
      guard !text.isEmpty else { throw .content(.empty) }
      return text
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
    try arguments.requireAtMostOne(of: [html.spec, text.spec, file.spec])
    let given: Source? =
      if let html = try arguments[html] {
        .html(html)
      } else if let text = try arguments[text] {
        .text(text)
      } else if let path = try arguments[file] {
        path == "-" ? .standardInput : .file(path)
      } else {
        nil
      }
    guard let name = try arguments[action], let known = StreamAction(rawValue: name),
      !known.hasContent
    else { return given ?? .standardInput }
    guard given == nil else {
      throw .invalid(what: "--action \(name)", detail: "the element has no content")
    }
    return nil
  }

  private static func readTarget(
    _ arguments: ParsedArguments, action name: String
  ) throws(UsageError) -> StreamElement.Target? {
    let known = StreamAction(rawValue: name)
    if known == nil, !arguments.contains(customAction) {
      let names = StreamAction.allCases.map(\.rawValue)
      throw .invalid(
        what: action.spec.long,
        detail: "'\(name)' is none of Turbo's actions (\(names.joined(separator: ", ")))",
        hint: Suggestions.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
          ?? "--custom-action sends it all the same")
    }
    if name.isEmpty { throw .invalid(what: action.spec.long, detail: "is empty") }
    try arguments.requireAtMostOne(of: [target.spec, targets.spec])
    for option in [target, targets] {
      guard let text = try arguments[option] else { continue }
      if text.isEmpty { throw .invalid(what: option.spec.long, detail: "is empty") }
      return option.spec.name == target.spec.name ? .id(text) : .selector(text)
    }
    guard known?.needsTarget != true else {
      throw .invalid(what: "--action \(name)", detail: "needs --target ID or --targets CSS")
    }
    return nil
  }

  private static func readAttributes(
    _ arguments: ParsedArguments
  ) throws(UsageError) -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    for pair in try arguments.all(attribute) {
      let equals = pair.firstIndex(of: "=") ?? pair.endIndex
      let name = String(pair[..<equals])
      guard name.isAttributeName else {
        throw .invalid(what: attribute.spec.long, detail: "'\(name)' cannot name an attribute")
      }
      let taken = ["action", "target", "targets"] + attributes.map(\.name)
      guard !taken.contains(name.lowercased()) else {
        throw .invalid(what: attribute.spec.long, detail: "'\(name)' is on the element already")
      }
      attributes.append((name, String(pair[equals...].dropFirst())))
    }
    return attributes
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
    summary: "The same for all that a selector finds")
  static let html = Option.text(
    "html", placeholder: "HTML", section: section, summary: "The content as HTML",
    details: """
      Of --html, --text and --file at most one; without one the content is read from standard input, \
      where a final newline is dropped. --html '' asks for an empty content.
      """)
  static let text = Option.text(
    "text", placeholder: "TEXT", section: section, summary: "The content as text, escaped")
  static let file = Option.text(
    "file", placeholder: "PATH", kind: .file, section: section,
    summary: "The content from a file; - is standard input")
  static let attribute = Option.text(
    "attr", placeholder: "NAME=VALUE", kind: .keyValue, isRepeatable: true, section: section,
    summary: "A further attribute of the element", details: "As in --attr method=morph.")
  static let customAction = Switch(
    "custom-action", section: section, summary: "Take an --action that Turbo does not ship")

  static let specs: [OptionSpec] = [
    action.spec, target.spec, targets.spec, html.spec, text.spec, file.spec, attribute.spec,
    customAction.spec,
  ]
}

extension String {
  /// Whether HTML reads it as one attribute's name (13.1.2.3).
  fileprivate var isAttributeName: Bool {
    !isEmpty
      && unicodeScalars.allSatisfy { scalar in
        scalar.value > 0x20 && !(0x7F...0x9F).contains(scalar.value)
          && !["\"", "'", ">", "/", "=", "<"].contains(scalar)
      }
  }
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
