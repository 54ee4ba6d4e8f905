/// `{% dom_id instance prefix %}` of the Hotwire libraries, for values that are no Django models.
package struct DOMIDTag: Sendable {
  private let arguments: SimpleArguments

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    .domID(
      DOMIDTag(
        arguments: try SimpleArguments(
          token, parser, parameters: ["instance", "prefix"], required: 1)))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var identifier = TemplateValue.string("")
    if let instance = arguments.value(of: "instance", at: 0) {
      let value = try rendering.resolve(instance)
      identifier = .string(value.text, safe: value.isSafe)
    }
    if let prefix = arguments.value(of: "prefix", at: 1) {
      let prefix = try rendering.resolve(prefix)
      if prefix.isTrue { identifier = .string(prefix.text + "_" + identifier.text) }
    }
    if let name = arguments.name {
      rendering.scope.set(name, identifier)
    } else {
      rendering.write(identifier)
    }
  }
}
