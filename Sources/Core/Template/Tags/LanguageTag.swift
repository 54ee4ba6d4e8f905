/// `{% language "de" %}`: the current language of the body, which stays in the source language.
package struct LanguageTag: Sendable {
  private let language: FilterExpression
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count == 2 else { throw token.error(.languageArgumentCount(words[0])) }
    let language = try parser.expression(words[1], in: token)
    return .language(
      LanguageTag(language: language, body: try parser.body(until: "endlanguage").nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let value = try rendering.resolve(language)
    let outer = exchange(&rendering.language, with: value)
    try rendering.render(body)
    rendering.language = outer
  }
}
