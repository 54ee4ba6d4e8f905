/// `{% blocktranslate with a=b count n=list|length trimmed asvar name %} … {% plural %} …`.
package struct BlockTranslateTag: Sendable {
  private let tag: String
  private let options: BlockTranslateOptions
  private let singular: TranslatedMessage
  /// Nil where there is no `count`, or nothing behind `plural`.
  private let plural: TranslatedMessage?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let tag = try token.words[0]
    let options = try BlockTranslateOptions(token, parser)
    var (singular, end) = try message(&parser, after: token)
    var plural: [Token] = []
    if options.count != nil {
      guard end.contents == "plural" else { throw token.error(.tagInTranslation(tag, nil)) }
      (plural, end) = try message(&parser, after: end)
    }
    guard end.contents == "end" + tag else {
      throw token.error(.tagInTranslation(tag, end.contents))
    }
    return .blockTranslate(
      BlockTranslateTag(
        tag: tag, options: options,
        singular: TranslatedMessage(singular, isTrimmed: options.isTrimmed),
        plural: plural.isEmpty ? nil : TranslatedMessage(plural, isTrimmed: options.isTrimmed)))
  }

  /// Text and variables up to another tag, and that tag; at the end of the template the last token.
  private static func message(
    _ parser: inout Parser, after first: Token
  ) throws(TemplateError) -> (message: [Token], end: Token) {
    var message: [Token] = []
    var last = first
    while parser.peek != nil {
      last = try parser.nextToken(before: [])
      guard last.kind == .text || last.kind == .variable else { break }
      message.append(last)
    }
    return (message, last)
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    if let context = options.context { _ = try rendering.resolve(context) }
    let values = try rendering.values(of: options.assignments)
    rendering.scope.push()
    for (name, value) in values { rendering.scope.set(name, value) }
    let text = try message(in: &rendering).text(in: &rendering)
    rendering.scope.pop()
    rendering.deliver(.string(text, safe: options.name != nil), as: options.name)
  }

  private func message(
    in rendering: inout Rendering
  ) throws(TemplateError) -> TranslatedMessage {
    guard let plural, let count = options.count else { return singular }
    let value = try rendering.resolve(count.value)
    switch value {
    case .bool, .integer, .bigInteger, .double: break
    case .none, .string, .moment, .list, .tuple, .dictionary, .view, .namedTuple:
      throw TemplateError(.countIsNoNumber(tag, count.name), at: count.value.location)
    }
    rendering.scope.set(count.name, value)
    return value.isEqual(to: .integer(1)) ? singular : plural
  }
}

/// A message in pieces: text, and the names of variables.
struct TranslatedMessage: Sendable {
  private enum Piece: Sendable {
    case text(String)
    case variable(String)
  }

  private let pieces: [Piece]

  init(_ tokens: [Token], isTrimmed: Bool) {
    pieces = tokens.enumerated().map { index, token in
      guard token.kind == .text else { return .variable(token.contents) }
      guard isTrimmed else { return .text(token.contents) }
      return .text(
        Self.trimmed(token.contents, isFirst: index == 0, isLast: index == tokens.count - 1))
    }
  }

  /// Joins the lines with single spaces, and leaves none at the ends (`trim_whitespace`).
  private static func trimmed(_ text: String, isFirst: Bool, isLast: Bool) -> String {
    var result = CodePoints()
    var rest = CodePoints(text)[...]
    while !rest.isEmpty {
      let words = rest.prefix { !$0.isWhiteSpace }
      let space = rest[words.endIndex...].prefix(while: \.isWhiteSpace)
      let isAtEnd =
        isFirst && words.startIndex == 0 && words.isEmpty
        || isLast && space.endIndex == rest.endIndex
      rest = rest[space.endIndex...]
      result += words
      if !isAtEnd { result += space.contains("\n") ? [" "] : space }
    }
    return String(result)
  }

  func text(in rendering: inout Rendering) throws(TemplateError) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text.withUnixNewlines
      case .variable(let name): result += try rendering.plainValue(of: name).text
      }
    }
    return result
  }
}

extension Rendering {
  /// The value of a name as it stands in a message, where it has neither path nor filters.
  fileprivate mutating func plainValue(of name: String) throws(TemplateError) -> TemplateValue {
    if let variable = try? Variable(name), variable.names.count == 1,
      let value = try lookup(variable, at: TemplateError.Location(template: nil, offset: 0))
    {
      return printed(value)
    }
    let invalid = engine.settings.stringIfInvalid
    return printed(.string(invalid.replacing("%s", by: name)))
  }
}
