/// `{% turbo_frame "id" src="…" %} … {% endturbo_frame %}` of django-turbo-helper.
package struct TurboFrameTag: Sendable {
  private let id: FilterExpression
  private let attributes: TurboAttributes
  private let body: [Node]

  /// - Parameter isEscaping: False for django-turbo-response, which takes attributes as they are.
  package static func parse(
    _ parser: inout Parser, _ token: Token, isEscaping: Bool
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count >= 2 else { throw token.error(.turboFrameArgumentCount) }
    let id = try parser.expression(words[1], in: token)
    let attributes = try TurboAttributes(
      words.dropFirst(2), in: token, parser, isEscaping: isEscaping)
    let body = try parser.body(until: "endturbo_frame").nodes
    return .turboFrame(TurboFrameTag(id: id, attributes: attributes, body: body))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let content = try rendering.captured(body)
    let attributes = try attributes.text(in: &rendering)
    let id = try rendering.resolve(id)
    rendering.write("<turbo-frame id=\"\(rendering.attribute(id))\"\(attributes)>")
    rendering.write(content + "</turbo-frame>")
  }
}

/// The attributes behind the arguments of a Turbo tag, `data_x` meaning `data-x`.
struct TurboAttributes: Sendable {
  let assignments: [Assignment]
  private let isEscaping: Bool

  init(
    _ words: ArraySlice<String>, in token: Token, _ parser: Parser, isEscaping: Bool
  ) throws(TemplateError) {
    var rest = words
    assignments = try parser.assignments(&rest, in: token, legacy: true)
    self.isEscaping = isEscaping
    if let word = rest.first { throw token.error(.invalidToken(try token.words[0], word)) }
  }

  /// With a space before each.
  func text(in rendering: inout Rendering) throws(TemplateError) -> String {
    var attributes: [(name: String, value: String)] = []
    for (name, value) in try rendering.values(of: assignments) {
      let name = name.utf8.starts(with: "data".utf8) ? name.replacing("_", by: "-") : name
      let text = isEscaping ? value.text.htmlEscaped : value.text
      attributes.removeAll { $0.name.hasSameBytes(as: name) }
      attributes.append((name, text))
    }
    return attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
  }
}

extension Rendering {
  /// A value as the templates of the Turbo libraries print it, which escape and localize whatever is set
  /// here.
  func attribute(_ value: TemplateValue) -> String {
    var context = filterContext
    context.autoescape = true
    context.localizes = true
    let text = value.localizedText(context)
    return value.isSafe ? text : text.htmlEscaped
  }
}
