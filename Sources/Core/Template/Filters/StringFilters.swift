extension Library {
  /// The section STRINGS of `django/template/defaultfilters.py`, but for `floatformat`.
  static let stringFilters =
    [
      .text("addslashes", \.withSlashes),
      .text("capfirst", \.withCapital),
      Filter("escapejs") { value, _, _ in .string(value.text.javaScriptEscaped, safe: true) },
      .text("iriencode") { $0.percentEncoded(keeping: "/#%[]=:;$&()+,!?*@'~") },
      .text("lower", \.inLowerCase),
      .text("slugify", \.slug),
      .text("title", \.inDjangoTitleCase),
      .text("upper", isSafe: false, \.inUpperCase),
      Filter("json_script", .optional, isSafe: true, function: jsonScript),
      Filter("linenumbers", isSafe: true, function: lineNumbers),
      Filter("make_list") { value, _, _ in
        .list(value.text.unicodeScalars.map { .string(String($0)) })
      },
      Filter("stringformat", .required, isSafe: true, function: formatted),
      Filter("urlencode", .optional, function: percentEncoded),
      Filter("wordcount") { value, _, _ in .integer(value.text.words.count) },
      Filter("cut", .required, function: cut),
    ] + widthFilters + truncationFilters + linkFilters

  private static func jsonScript(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let json = try value.json().replacing("&", by: "\\u0026").replacing("<", by: "\\u003C")
      .replacing(">", by: "\\u003E")
    let id = argument.flatMap { $0.isTrue ? " id=\"\($0.conditionallyEscaped)\"" : nil } ?? ""
    return .string("<script\(id) type=\"application/json\">\(json)</script>", safe: true)
  }

  private static func lineNumbers(
    _ value: TemplateValue, _: TemplateValue?, _ context: FilterContext
  ) -> TemplateValue {
    let lines = value.text.parts(separatedBy: "\n")
    let width = String(lines.count).utf8.count
    let escapes = context.autoescape && !value.isSafe
    let numbered = lines.enumerated().map { index, line in
      "\((index + 1).padded(width)). \(escapes ? line.htmlEscaped : line)"
    }
    return .string(numbered.joined(separator: "\n"), safe: true)
  }

  /// The value by a specifier of Python's `%`; empty where the two do not go together.
  private static func formatted(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    var value = value
    switch value {
    case .tuple, .namedTuple: value = .string(value.text)
    default: break
    }
    do {
      return .string(try PercentFormat.text("%" + (argument ?? .none).text, value))
    } catch let error where error.isValueOrTypeError {
      return .string("")
    }
  }

  private static func percentEncoded(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let text = value.text
    // Nothing to encode comes back as it is, safe text as safe text.
    if text.isEmpty { return .string("", safe: value.isSafe) }
    switch argument {
    case nil, TemplateValue.none?: return .string(text.percentEncoded(keeping: "/"))
    case .string(let safe, _)?: return .string(text.percentEncoded(keeping: safe))
    case let other?:
      throw .typeError("'\(other.typeName)' object is not iterable")
    }
  }

  private static func cut(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard case .string(let part, _)? = argument else {
      throw .typeError(
        "replace() argument 1 must be str, not \((argument ?? .none).typeName)")
    }
    // Without its semicolons a character reference is no safe text.
    return .string(value.text.replacing(part, by: ""), safe: value.isSafe && part != ";")
  }
}

// MARK: Families

extension Library {
  private static let widthFilters = [
    Filter("center", .required, isSafe: true) { value, argument, _ throws(TemplateError.Reason) in
      // Where both sides cannot have the same, an odd width gives the left more.
      try padded(value, argument) { padding, width in padding / 2 + (padding & width & 1) }
    },
    Filter("ljust", .required, isSafe: true) { value, argument, _ throws(TemplateError.Reason) in
      try padded(value, argument) { _, _ in 0 }
    },
    Filter("rjust", .required, isSafe: true) { value, argument, _ throws(TemplateError.Reason) in
      try padded(value, argument) { padding, _ in padding }
    },
    Filter("wordwrap", .required, isSafe: true) { value, argument, _ throws(TemplateError.Reason) in
      let width = try (argument ?? .none).clampedInteger()
      guard width > 0 || value.text.isEmpty else {
        throw .valueError("invalid width \(width) (must be > 0)")
      }
      return .string(value.text.wrapped(width: width))
    },
  ]

  /// A larger text than any output may hold.
  private static let widthLimit = 1 << 26

  private static func padded(
    _ value: TemplateValue, _ argument: TemplateValue?, before: (Int, Int) -> Int
  ) throws(TemplateError.Reason) -> TemplateValue {
    guard let width = try (argument ?? .none).integer().int else {
      throw .exception("OverflowError", "Python int too large to convert to C ssize_t")
    }
    guard width <= widthLimit else { throw .exception("MemoryError", "") }
    let text = value.text
    let length = text.length
    guard width > length else { return .string(text) }
    let padding = width - length
    let left = before(padding, width)
    return .string(
      String(repeating: " ", count: left) + text + String(repeating: " ", count: padding - left))
  }

  private static let truncationFilters = [
    truncation("truncatechars") { Truncation.characters($0, $1) },
    truncation("truncatechars_html") { text, count throws(TemplateError.Reason) in
      try HTMLTruncation.text(text, count, .characters)
    },
    truncation("truncatewords") { Truncation.words($0, $1) },
    truncation("truncatewords_html") { text, count throws(TemplateError.Reason) in
      try HTMLTruncation.text(text, count, .words)
    },
  ]

  /// A filter that leaves the text as it is where its argument is a text that is no number.
  private static func truncation(
    _ name: String,
    _ cut: @escaping @Sendable (String, Int) throws(TemplateError.Reason) -> String
  ) -> Filter {
    Filter(name, .required, isSafe: true) { value, argument, _ throws(TemplateError.Reason) in
      let count: Int
      do throws(TemplateError.Reason) {
        count = try (argument ?? .none).clampedInteger()
      } catch let error where error.isValueError {
        return .string(value.text)
      }
      return .string(try cut(value.text, count))
    }
  }

  private static let linkFilters = [
    Filter("urlize", isSafe: true) { value, _, context in
      let urlizer = Urlizer(limit: nil, autoescape: context.autoescape, isSafe: value.isSafe)
      return .string(urlizer.text(value.text), safe: true)
    },
    Filter("urlizetrunc", .required, isSafe: true) {
      value, argument, context throws(TemplateError.Reason) in
      let limit = try (argument ?? .none).clampedInteger()
      let urlizer = Urlizer(limit: limit, autoescape: context.autoescape, isSafe: value.isSafe)
      return .string(urlizer.text(value.text), safe: true)
    },
  ]
}

extension Filter {
  /// A filter that makes one text of another (`stringfilter`).
  static func text(
    _ name: String, isSafe: Bool = true, _ change: @escaping @Sendable (String) -> String
  ) -> Filter {
    Filter(name, isSafe: isSafe) { value, _, _ in .string(change(value.text)) }
  }
}

extension String {
  fileprivate var withSlashes: String {
    replacing("\\", by: "\\\\").replacing("\"", by: "\\\"").replacing("'", by: "\\'")
  }

  /// Title case without `'S` behind a letter and capitals behind a digit.
  fileprivate var inDjangoTitleCase: String {
    var points = CodePoints(inTitleCase)
    // From the end: what stands before decides, and as it was.
    for index in points.indices.dropFirst().reversed() where ("A"..."Z").contains(points[index]) {
      let isPossessive =
        index > 1 && points[index - 1] == "'" && ("a"..."z").contains(points[index - 2])
      if isPossessive || points[index - 1].decimalDigit != nil {
        points[index] = Unicode.Scalar(UInt8(points[index].value) | 0x20)
      }
    }
    return String(points)
  }

  /// The text for a literal in JavaScript (`django/utils/html.py`, `escapejs`).
  fileprivate var javaScriptEscaped: String {
    var escaped: [UInt8] = []
    for point in unicodeScalars {
      switch point {
      case "\\", "'", "\"", ">", "<", "&", "=", "-", ";", "`", "\0"..."\u{1f}", "\u{2028}",
        "\u{2029}":
        let digits = String(point.value, radix: 16, uppercase: true)
        escaped += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
      default:
        escaped.append(point)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
