/// The tags of `i18n` that put facts about languages into a variable.
package struct LanguageInfoTag: Sendable {
  private enum Question: Sendable {
    case available, current, isBidirectional
    case info(FilterExpression)
    case list(FilterExpression)
  }

  private let question: Question
  private let name: String

  /// `{% get_available_languages as name %}`, `{% get_current_language as name %}` and
  /// `{% get_current_language_bidi as name %}`.
  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    guard words.count == 3, words[1] == "as" else { throw token.error(.requiresAs(words)) }
    let question: Question =
      switch words[0] {
      case "get_available_languages": .available
      case "get_current_language": .current
      default: .isBidirectional
      }
    return .languageInfo(LanguageInfoTag(question: question, name: words[2]))
  }

  /// `{% get_language_info for code as name %}`, and `…_list`.
  package static func parseInfo(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    let isList = words[0] == "get_language_info_list"
    guard words.count == 5, words[1] == "for", words[3] == "as" else {
      throw token.error(.requiresFor(words, isList ? "sequence" : "string"))
    }
    let code = try parser.expression(words[2], in: token)
    return .languageInfo(
      LanguageInfoTag(question: isList ? .list(code) : .info(code), name: words[4]))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    switch question {
    case .available:
      let languages = Language.all.map {
        TemplateValue.tuple([.string($0.code), .string($0.nameInSettings)])
      }
      rendering.scope.set(name, .list(languages))
    case .current: rendering.scope.set(name, rendering.language)
    case .isBidirectional:
      rendering.scope.set(name, .bool(Language.isBidirectional(rendering.language.text)))
    case .info(let expression):
      let code = try rendering.resolve(expression)
      rendering.scope.set(name, try Self.info(code.text, at: expression.location))
    case .list(let expression):
      let list = try rendering.resolve(expression)
      guard let elements = list.elements else {
        throw TemplateError(.notIterable(list.typeName), at: expression.location)
      }
      let infos = try elements.map { (element) throws(TemplateError) in
        try Self.info(Self.code(of: element), at: expression.location)
      }
      rendering.scope.set(name, .list(infos))
    }
  }

  /// The code itself, or the first of a pair of code and name.
  private static func code(of element: TemplateValue) -> String {
    guard let first = element.elements?.first, first.text.length > 1 else { return element.text }
    return first.text
  }

  private static func info(
    _ code: String, at location: TemplateError.Location
  ) throws(TemplateError) -> TemplateValue {
    do {
      return .dictionary(try Language.named(code).info)
    } catch {
      throw TemplateError(error, at: location)
    }
  }
}
