/// `{% for a, b in list reversed %} … {% empty %} … {% endfor %}`.
package struct ForTag: Sendable {
  private let names: [String]
  private let sequence: FilterExpression
  private let isReversed: Bool
  private let body: [Node]
  private let empty: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count >= 4 else { throw token.error(.forWordCount(token.contents)) }
    let isReversed = words.last == "reversed"
    let inIndex = words.count - (isReversed ? 3 : 2)
    guard words[inIndex] == "in" else { throw token.error(.forFormat(token.contents)) }
    let names = words[1..<max(inIndex, 1)].joined(separator: " ").parts(separatedBy: ",")
      .map { $0.stripped { $0 == " " } }
    for name in names where name.isEmpty || name.utf8.contains(where: " \"'|".utf8.contains) {
      throw token.error(.forArgument(token.contents))
    }
    let sequence = try parser.expression(words[inIndex + 1], in: token)
    var (body, end) = try parser.body(until: "empty", "endfor")
    var empty: [Node] = []
    if end.contents == "empty" { (empty, end) = try parser.body(until: "endfor") }
    return .for(
      ForTag(names: names, sequence: sequence, isReversed: isReversed, body: body, empty: empty))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let parent = rendering.scope["forloop"]
    rendering.scope.push()
    let value = try rendering.resolve(sequence, missing: .none)
    var elements: [TemplateValue] = []
    if case .none = value {
    } else if let iterated = value.elements {
      elements = iterated
    } else {
      throw TemplateError(.notIterable(value.typeName), at: sequence.location)
    }
    if elements.isEmpty {
      try rendering.render(empty)
    } else {
      if isReversed { elements.reverse() }
      do throws(TemplateError) {
        try renderLoop(over: elements, parent: parent, into: &rendering)
      } catch {
        throw error.located(at: sequence.location)
      }
    }
    rendering.scope.pop()
  }

  private func renderLoop(
    over elements: [TemplateValue], parent: Scope.Binding?, into rendering: inout Rendering
  ) throws(TemplateError) {
    let depth = rendering.loops.count
    rendering.loops.append(LoopState(parent: parent, count: elements.count))
    rendering.scope.set("forloop", .loop(depth))
    for (index, element) in elements.enumerated() {
      rendering.loops[depth].index = index
      if names.count == 1 {
        rendering.scope.set(names[0], element)
        try rendering.render(body)
      } else {
        try rendering.renderInFrame(body, with: try unpacked(element))
      }
    }
    rendering.loops.removeLast()
  }

  private func unpacked(
    _ element: TemplateValue
  ) throws(TemplateError) -> [(name: String, value: TemplateValue)] {
    let values = element.elements
    guard let values, values.count == names.count else {
      throw TemplateError(
        .unpacking(names.count, from: values?.count ?? 1), at: sequence.location)
    }
    return zip(names, values).map { (name: $0, value: $1) }
  }
}
