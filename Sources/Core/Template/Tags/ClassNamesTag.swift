/// `{% class_names "card" active="is_active" %}` of django-turbo-helper.
package struct ClassNamesTag: Sendable {
  private struct Conditional: Sendable {
    let name: String
    let condition: FilterExpression
    /// `name="!condition"`.
    let isNegated: Bool
  }

  private var names: [String] = []
  private var conditionals: [Conditional] = []

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var tag = ClassNamesTag()
    for word in try token.words.dropFirst() {
      let points = CodePoints(word)
      if let (name, value) = attribute(points) {
        let isNegated = value.utf8.count > 1 && value.utf8.first == UInt8(ascii: "!")
        let text = isNegated ? String(value.unicodeScalars.dropFirst()) : value
        tag.add(
          Conditional(
            name: name, condition: try parser.expression(text, in: token), isNegated: isNegated))
      } else if let name = quoted(points) {
        tag.names.append(try parser.expression(name, in: token).text)
      } else {
        throw token.error(.unsupportedClassName(word))
      }
    }
    return .classNames(tag)
  }

  private mutating func add(_ conditional: Conditional) {
    let place = conditionals.firstIndex {
      $0.name.hasSameBytes(as: conditional.name) && $0.isNegated == conditional.isNegated
    }
    if let place { conditionals[place] = conditional } else { conditionals.append(conditional) }
  }

  /// The halves of `name=value`, the value with its quotes.
  private static func attribute(_ points: CodePoints) -> (name: String, value: String)? {
    let name = points.prefix { $0.isWord || "@:_./-".unicodeScalars.contains($0) }
    var rest = points.dropFirst(name.count)
    if rest.first == "+" { rest.removeFirst() }
    guard !name.isEmpty, rest.popFirst() == "=" else { return nil }
    var value = CodePoints()
    if let quote = rest.first, isQuote(quote) { value.append(rest.removeFirst()) }
    value += rest.prefix { !isQuote($0) }
    if let quote = rest.first(where: isQuote) { value.append(quote) }
    return (String(name), String(value))
  }

  private static func quoted(_ points: CodePoints) -> String? {
    guard let quote = points.first, isQuote(quote) else { return nil }
    let inner = points.dropFirst().prefix { !isQuote($0) }
    return inner.count + 1 < points.count ? String(inner) : nil
  }

  private static func isQuote(_ point: Unicode.Scalar) -> Bool { point == "\"" || point == "'" }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var result = names
    for isNegated in [false, true] {
      for conditional in conditionals where conditional.isNegated == isNegated {
        let value = try rendering.resolve(conditional.condition)
        if value.isTrue != isNegated { result.append(conditional.name) }
      }
    }
    rendering.write(result.joined(separator: " "))
  }
}
