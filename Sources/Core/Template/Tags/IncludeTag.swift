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
    return .include(
      IncludeTag(
        name: try parser.expression(name, in: token), assignments: assignments,
        isIsolated: seen.contains("only")))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let template = try rendering.included(
      by: try rendering.resolve(name), from: name.location.template, at: name.location)
    let values = try rendering.values(of: assignments)
    let outer = isIsolated ? rendering.scope : nil
    if isIsolated { rendering.scope = Scope(Mapping()) }
    rendering.states.append(RenderState())
    try rendering.descend(from: name.location) { (rendering) throws(TemplateError) in
      try rendering.renderInFrame(template.nodes, with: values)
    }
    rendering.states.removeLast()
    if let outer { rendering.scope = outer }
  }
}

extension Rendering {
  /// The first template of the name, or of the list of names, that there is.
  fileprivate func included(
    by value: TemplateValue, from template: String?, at location: TemplateError.Location
  ) throws(TemplateError) -> Template {
    do throws(TemplateError) {
      let names = try TemplateName.candidates(value, from: template)
      var missing: [String] = []
      for name in names {
        do {
          return try engine.template(named: name)
        } catch {
          guard case .doesNotExist = error.reason else { throw error }
          if names.count == 1 { throw error }
          missing.append(name)
        }
      }
      throw TemplateError(.noneExists(missing), at: location)
    } catch {
      throw error.located(at: location)
    }
  }
}
