/// `{% include "name.html" with a=1 only %}`.
package struct IncludeTag: Sendable {
  private let name: FilterExpression
  private let assignments: [Assignment]
  private let isIsolated: Bool

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count >= 2 else { throw token.error(.includeArgumentCount(words[0])) }
    var options = words.dropFirst(2)
    var seen: Set<String> = []
    var assignments: [Assignment] = []
    while let option = options.popFirst() {
      guard seen.insert(option).inserted else { throw token.error(.repeatedOption(option)) }
      switch option {
      case "with":
        assignments = try parser.assignments(&options, in: token)
        guard !assignments.isEmpty else { throw token.error(.withoutKeyword("with", words[0])) }
      case "only": break
      default: throw token.error(.unknownArgument(words[0], option))
      }
    }
    let name = try parser.absoluteName(words[1], in: token, allowsItself: true)
    let expression = try parser.expression(name, in: token)
    parser.noteTemplate(expression, typed: words[1])
    return .include(
      IncludeTag(name: expression, assignments: assignments, isIsolated: seen.contains("only")))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let template = try rendering.included(
      by: try rendering.resolve(name), from: name.location.template, at: name.location)
    let values = try rendering.values(of: assignments)
    let outer = isIsolated ? rendering.scope : nil
    if isIsolated { rendering.scope = Scope(Mapping()) }
    rendering.states.append(RenderState())
    try rendering.descend(into: template, from: name.location) {
      (rendering) throws(TemplateError) in
      try rendering.renderInFrame(template.nodes, with: values)
    }
    rendering.states.removeLast()
    if let outer { rendering.scope = outer }
  }
}

extension Rendering {
  /// The template of the name, or the first that there is of a list of names.
  fileprivate func included(
    by value: TemplateValue, from template: String?, at location: TemplateError.Location
  ) throws(TemplateError) -> Template {
    do throws(TemplateError) {
      guard case .string(let name, _) = value, !name.isEmpty else { return try first(of: value) }
      return try engine.template(named: try TemplateName.named(name, from: template))
    } catch {
      throw error.located(at: location)
    }
  }

  private func first(of names: TemplateValue) throws(TemplateError) -> Template {
    guard names.isTrue else { throw TemplateError(.noNames, at: nil) }
    guard let elements = names.elements else {
      throw TemplateError(.notIterable(names.typeName), at: nil)
    }
    var missing: [String] = []
    for name in elements.map(\.text) {
      do {
        return try engine.template(named: name)
      } catch {
        guard case .doesNotExist = error.reason else { throw error }
        missing.append(name)
      }
    }
    throw TemplateError(.noneExists(missing), at: nil)
  }
}
