/// `{% filter upper|cut:" " %}`: its body, filtered.
package struct FilterTag: Sendable {
  private let expression: FilterExpression
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let filters = token.contents.unicodeScalars.drop { !$0.isWhiteSpace }
    guard !filters.isEmpty else { throw token.error(.filterTagWithoutFilter) }
    let expression = try parser.expression("var|" + String(filters).stripped, in: token)
    for call in expression.calls where ["escape", "safe"].contains(call.filter.name) {
      throw token.error(.filterNotPermitted(call.filter.name))
    }
    let body = try parser.body(until: "endfilter").nodes
    return .filter(FilterTag(expression: expression, body: body))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let text = try rendering.captured(body)
    rendering.scope.push()
    rendering.scope.set("var", .string(text, safe: true))
    let value = try rendering.resolve(expression)
    rendering.scope.pop()
    guard case .string(let filtered, _) = value else {
      throw TemplateError(.notText(value.typeName), at: expression.location)
    }
    rendering.write(filtered)
  }
}
