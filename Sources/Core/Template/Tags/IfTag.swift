/// `{% if … %} … {% elif … %} … {% else %} … {% endif %}`.
package struct IfTag: Sendable {
  private struct Branch: Sendable {
    /// Nil for `else`.
    let condition: Condition?
    let body: [Node]
  }

  private let branches: [Branch]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var branches: [Branch] = []
    var token = token
    repeat {
      let condition = try ConditionParser.parse(try token.words.dropFirst(), in: token, parser)
      let (body, end) = try parser.body(until: "elif", "else", "endif")
      branches.append(Branch(condition: condition, body: body))
      token = end
    } while token.contents.utf8.starts(with: "elif".utf8)
    if token.contents == "else" {
      let (body, end) = try parser.body(until: "endif")
      branches.append(Branch(condition: nil, body: body))
      token = end
    }
    guard token.contents == "endif" else {
      throw token.error(.malformedTag(token.contents, line: token.line))
    }
    return .if(IfTag(branches: branches))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    for branch in branches where try branch.condition?.holds(in: &rendering) ?? true {
      return try rendering.render(branch.body)
    }
  }
}
