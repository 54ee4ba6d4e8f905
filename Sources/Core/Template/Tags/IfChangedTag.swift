/// `{% ifchanged a b %}`: its body where a value, or without values its text, is not what it was.
package struct IfChangedTag: Sendable {
  private let id: NodeID
  private let values: [FilterExpression]
  private let body: [Node]
  private let otherwise: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let (body, end) = try parser.body(until: "else", "endifchanged")
    let otherwise =
      end.contents == "else" ? try parser.body(until: "endifchanged").nodes : []
    let values = try token.words.dropFirst().map { (word) throws(TemplateError) in
      try parser.expression(word, in: token)
    }
    return .ifChanged(
      IfChangedTag(id: parser.newID(), values: values, body: body, otherwise: otherwise))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var text = ""
    var current: [TemplateValue] = []
    for value in values { current.append(try rendering.resolve(value, missing: .none)) }
    if values.isEmpty {
      text = try rendering.captured(body)
      current = [.string(text)]
    }
    if let last = rendering.swapChange(of: id, for: current),
      TemplateValue.list(last).isEqual(to: .list(current))
    {
      try rendering.render(otherwise)
    } else if text.isEmpty {
      try rendering.render(body)
    } else {
      rendering.write(text)
    }
  }
}

extension Rendering {
  /// Remembers what an `ifchanged` sees, for the innermost loop or else for the template.
  fileprivate mutating func swapChange(
    of tag: NodeID, for current: [TemplateValue]
  ) -> [TemplateValue]? {
    if case .loop(let depth)? = scope["forloop"] {
      return loops[depth].changes.updateValue(current, forKey: tag)
    }
    return states[states.count - 1].changes.updateValue(current, forKey: tag)
  }
}
