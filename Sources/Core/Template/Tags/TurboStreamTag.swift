/// `{% turbo_stream "append" "target" %} … {% endturbo_stream %}`, and `turbo_stream_all`.
package struct TurboStreamTag: Sendable {
  private static let actions = [
    "append", "after", "before", "prepend", "remove", "replace", "update",
  ]

  private let action: FilterExpression
  private let target: FilterExpression
  /// Whether the target is a selector of many.
  private let isMany: Bool
  private let attributes: TurboAttributes
  private let isEscaping: Bool
  private let body: [Node]

  /// - Parameter isEscaping: False for django-turbo-response, which takes attributes as they are.
  package static func parse(
    _ parser: inout Parser, _ token: Token, isEscaping: Bool
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count >= 3 else { throw token.error(.turboStreamArgumentCount(words[0])) }
    return .turboStream(
      TurboStreamTag(
        action: try parser.expression(words[1], in: token),
        target: try parser.expression(words[2], in: token),
        isMany: words[0] == "turbo_stream_all",
        attributes: try TurboAttributes(
          words.dropFirst(3), in: token, parser, isEscaping: isEscaping),
        isEscaping: isEscaping,
        body: try parser.body(until: "end" + words[0]).nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let action = try rendering.resolve(action)
    let content = try rendering.captured(body)
    let attributes = try attributes.text(in: &rendering)
    let target = try rendering.resolve(target)
    if isEscaping {
      guard target.isTrue else {
        throw TemplateError(.notText("NoneType"), at: self.target.location)
      }
      guard Self.actions.contains(action.text) else {
        throw TemplateError(.unknownTurboAction(action.text), at: self.action.location)
      }
    }
    let name = isMany ? "targets" : "target"
    rendering.write(
      "<turbo-stream action=\"\(rendering.attribute(action))\""
        + " \(name)=\"\(rendering.attribute(target))\"\(attributes)>")
    rendering.write("<template>\(content)</template></turbo-stream>")
  }
}
