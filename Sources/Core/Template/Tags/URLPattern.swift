/// A route as Django's `path` has it, `chat/<int:pk>/` (`django/urls/resolvers.py`).
struct URLPattern {
  private enum Part {
    case text(String)
    case parameter(name: String, Converter)
  }

  /// What a parameter may be (`django/urls/converters.py`).
  private enum Converter: String {
    case int, str, slug, uuid, path

    var expression: String {
      switch self {
      case .int: "[0-9]+"
      case .str: "[^/]+"
      case .slug: "[-a-zA-Z0-9_]+"
      case .uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
      case .path: ".+"
      }
    }

    /// Whether a character may be part of the parameter.
    func takes(_ point: Unicode.Scalar) -> Bool {
      switch self {
      case .int: point.isASCIIDigit
      case .str: point != "/"
      case .slug: point.isASCII && point.isWord || point == "-"
      case .uuid: point.isASCIIDigit || ("a"..."f").contains(point) || point == "-"
      case .path: point != "\n"
      }
    }

    /// Whether a text of such characters is the whole parameter.
    func matches(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
      guard self == .uuid else { return !text.isEmpty }
      let groups = text.split(separator: "-", omittingEmptySubsequences: false)
      return groups.map(\.count) == [8, 4, 4, 4, 12]
    }
  }

  private let parts: [Part]

  private init(_ route: String) {
    var parts: [Part] = []
    for (index, piece) in route.parts(separatedBy: "<").enumerated() {
      let halves = index == 0 ? [piece] : piece.parts(separatedBy: ">")
      if index > 0 {
        let words = halves[0].parts(separatedBy: ":")
        let converter = words.count > 1 ? Converter(rawValue: words[0]) : .str
        parts.append(.parameter(name: words[words.count - 1], converter ?? .str))
      }
      let text = index == 0 ? piece : halves.dropFirst().joined(separator: ">")
      if !text.isEmpty { parts.append(.text(text)) }
    }
    self.parts = parts
  }

  /// The URL of a view (`django.urls.reverse`).
  static func reverse(
    _ view: String, _ arguments: [TemplateValue],
    _ keywords: [(name: String, value: TemplateValue)], in urls: [String: [String]]
  ) throws(TemplateError.Reason) -> String {
    guard arguments.isEmpty || keywords.isEmpty else { throw .mixedURLArguments }
    let words = view.parts(separatedBy: ":")
    let namespace = words.dropLast().joined(separator: ":")
    let isKnown = urls.keys.contains { $0.utf8.starts(with: (namespace + ":").utf8) }
    guard namespace.isEmpty || isKnown else {
      throw .noReverseMatch("'\(words[0])' is not a registered namespace")
    }
    let patterns = urls[view, default: []].map(URLPattern.init)
    for pattern in patterns {
      if let url = pattern.url(arguments, keywords) { return url }
    }
    throw .noReverseMatch(
      failure(words[words.count - 1], arguments, keywords, tried: patterns.map(\.expression)))
  }

  private static func failure(
    _ view: String, _ arguments: [TemplateValue],
    _ keywords: [(name: String, value: TemplateValue)], tried: [String]
  ) -> String {
    guard !tried.isEmpty else {
      return "Reverse for '\(view)' not found. "
        + "'\(view)' is not a valid view function or pattern name."
    }
    let given =
      if !arguments.isEmpty {
        "arguments '\(TemplateValue.tuple(arguments).repr)'"
      } else if !keywords.isEmpty {
        "keyword arguments '\(TemplateValue.dictionary(Mapping(keywords.map { (key: $0.name, value: $0.value) })).repr)'"
      } else {
        "no arguments"
      }
    let list = TemplateValue.list(tried.map { .string($0) }).repr
    return "Reverse for '\(view)' with \(given) not found. \(tried.count) pattern(s) tried: \(list)"
  }

  private func url(
    _ arguments: [TemplateValue], _ keywords: [(name: String, value: TemplateValue)]
  ) -> String? {
    var rest = arguments[...]
    var path = "/"
    var used = 0
    for part in parts {
      switch part {
      case .text(let text): path += text
      case .parameter(let name, _):
        let value =
          arguments.isEmpty
          ? keywords.first { $0.name.hasSameBytes(as: name) }?.value : rest.popFirst()
        guard let text = value?.text else { return nil }
        path += text
        used += 1
      }
    }
    guard rest.isEmpty, !arguments.isEmpty || used == keywords.count,
      Self.matches(CodePoints(path).dropFirst(), parts[...])
    else { return nil }
    let quoted = URLText.quoted(path, keeping: "!$&'()*+,;=/~:@")
    // A URL that begins with two slashes would name another host.
    return quoted.utf8.starts(with: "//".utf8) ? "/%2F" + quoted.dropFirst(2) : quoted
  }

  /// Whether a path is one of the route, as its regular expression has it.
  private static func matches(_ path: ArraySlice<Unicode.Scalar>, _ parts: ArraySlice<Part>) -> Bool
  {
    switch parts.first {
    case nil: return path.isEmpty
    case .text(let text)?:
      let text = CodePoints(text)
      return path.starts(with: text) && matches(path.dropFirst(text.count), parts.dropFirst())
    case .parameter(_, let converter)?:
      let longest = path.prefix(while: converter.takes).count
      return (0...longest).reversed().contains { count in
        converter.matches(path.prefix(count))
          && matches(path.dropFirst(count), parts.dropFirst())
      }
    }
  }

  /// The regular expression that Django makes of the route.
  private var expression: String {
    parts.map { part in
      switch part {
      case .text(let text): Self.escaped(text)
      case .parameter(let name, let converter): "(?P<\(name)>\(converter.expression))"
      }
    }.joined() + "\\Z"
  }

  /// Python's `re.escape`.
  private static func escaped(_ text: String) -> String {
    let special = "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".unicodeScalars
    return text.unicodeScalars.map { special.contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}
