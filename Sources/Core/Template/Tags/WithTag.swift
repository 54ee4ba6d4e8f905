/// `{% with a=1 b=2 %}` and `{% with value as name %}`.
package struct WithTag: Sendable {
  private let assignments: [Assignment]
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var words = try token.words[...]
    let tag = words.removeFirst()
    let assignments = try parser.assignments(&words, in: token, legacy: true)
    guard !assignments.isEmpty else { throw token.error(.noAssignment(tag)) }
    if let word = words.first { throw token.error(.invalidToken(tag, word)) }
    return .with(
      WithTag(assignments: assignments, body: try parser.body(until: "endwith").nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    try rendering.renderInFrame(body, with: try rendering.values(of: assignments))
  }
}

extension Rendering {
  mutating func values(
    of assignments: [Assignment]
  ) throws(TemplateError) -> [(name: String, value: TemplateValue)] {
    var values: [(name: String, value: TemplateValue)] = []
    for assignment in assignments {
      values.append((assignment.name, try resolve(assignment.value)))
    }
    return values
  }
}
