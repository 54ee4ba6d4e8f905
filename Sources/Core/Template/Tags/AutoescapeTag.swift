/// `{% autoescape on %}`: whether what is printed inside is escaped.
package struct AutoescapeTag: Sendable {
  private let isOn: Bool
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    guard words.count == 2 else { throw token.error(.autoescapeArgumentCount) }
    guard words[1] == "on" || words[1] == "off" else { throw token.error(.autoescapeArgument) }
    let body = try parser.body(until: "endautoescape").nodes
    return .autoescape(AutoescapeTag(isOn: words[1] == "on", body: body))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let outer = exchange(&rendering.filterContext.autoescape, with: isOn)
    try rendering.render(body)
    rendering.filterContext.autoescape = outer
  }
}
