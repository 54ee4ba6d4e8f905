/// `{% querystring parameters key=value %}`: an error, as in Django, where it has parameters to write.
///
/// They come from a request, and none is answered here; a dictionary of the context is no `QueryDict`.
package struct QueryStringTag: Sendable {
  private let arguments: SimpleArguments
  private let location: TemplateError.Location

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let arguments = try SimpleArguments(
      token, parser, parameters: ["query_dict"], required: 0, takesAny: true)
    return .queryString(QueryStringTag(arguments: arguments, location: token.location))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var given = TemplateValue.none
    if let parameters = arguments.value(of: "query_dict", at: 0) {
      given = try rendering.resolve(parameters)
    }
    var isChanged = false
    for keyword in arguments.keywords where keyword.name != "query_dict" {
      if case .none = try rendering.resolve(keyword.value) { continue }
      isChanged = true
    }
    switch given {
    case .none: throw TemplateError(.noAttribute("request", of: "Context"), at: location)
    case .dictionary, .list:
      guard !given.isTrue, !isChanged else {
        throw TemplateError(.noAttribute("urlencode", of: given.typeName), at: location)
      }
    default: throw TemplateError(.noAttribute("copy", of: given.typeName), at: location)
    }
    if let name = arguments.name { rendering.scope.set(name, .string("")) }
  }
}
