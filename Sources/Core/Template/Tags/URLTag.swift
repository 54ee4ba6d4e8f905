/// `{% url "name" argument key=argument as name %}`, by the configured patterns.
package struct URLTag: Sendable {
  private let view: FilterExpression
  private let arguments: [FilterExpression]
  private let keywords: [Assignment]
  private let name: String?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var words = try token.words[...]
    let tag = words.removeFirst()
    guard let first = words.popFirst() else { throw token.error(.urlArgumentCount(tag)) }
    let view = try parser.expression(first, in: token)
    let name = words.takeName()
    // With a name for the URL, that there is none is no error.
    if name == nil, let text = view.constant { parser.note(.url(text), at: view.location) }
    var arguments: [FilterExpression] = []
    var keywords: [Assignment] = []
    for word in words {
      if let (name, value) = Parser.keyword(word) {
        let assignment = Assignment(name: name, value: try parser.expression(value, in: token))
        keywords.removeAll { $0.name.hasSameBytes(as: name) }
        keywords.append(assignment)
      } else {
        arguments.append(try parser.expression(word, in: token))
      }
    }
    return .url(URLTag(view: view, arguments: arguments, keywords: keywords, name: name))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var values: [TemplateValue] = []
    for argument in arguments { values.append(try rendering.resolve(argument)) }
    let named = try rendering.values(of: keywords)
    let view = try rendering.resolve(view).text
    var url = ""
    do {
      url = try URLPattern.reverse(view, values, named, in: rendering.engine.settings.urls)
    } catch {
      guard name != nil, case .noReverseMatch = error else {
        throw TemplateError(error, at: self.view.location)
      }
    }
    if let name {
      rendering.scope.set(name, .string(url))
    } else {
      rendering.write(rendering.filterContext.autoescape ? url.htmlEscaped : url)
    }
  }
}
