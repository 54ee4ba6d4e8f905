/// `{% firstof a b "else" as name %}`: the first value that is true.
package struct FirstOfTag: Sendable {
  private let values: [FilterExpression]
  private let name: String?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var words = try token.words.dropFirst()
    guard !words.isEmpty else { throw token.error(.firstOfArgumentCount) }
    let name = words.takeName()
    let values = try words.map { (word) throws(TemplateError) in
      try parser.expression(word, in: token)
    }
    return .firstOf(FirstOfTag(values: values, name: name))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var first = TemplateValue.string("", safe: false)
    for expression in values {
      let value = try rendering.resolve(expression, missing: .asked)
      guard value.isTrue else { continue }
      first = rendering.printed(value)
      break
    }
    rendering.deliver(first, as: name)
  }
}

extension ArraySlice<String> {
  /// Takes `as name` off the end, where it is there.
  mutating func takeName() -> String? {
    guard count >= 2, self[endIndex - 2] == "as" else { return nil }
    let name = removeLast()
    removeLast()
    return name
  }
}

extension Rendering {
  /// Sets `name` to the value, or writes its text as it is where there is no name.
  mutating func deliver(_ value: TemplateValue, as name: String?) {
    if let name { scope.set(name, value) } else { write(value.text) }
  }
}
