/// `{% querystring parameters key=value %}`; without parameters it starts from none, since no
/// request is answered.
package struct QueryStringTag: Sendable {
  private let arguments: SimpleArguments

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    .queryString(
      QueryStringTag(
        arguments: try SimpleArguments(
          token, parser, parameters: ["query_dict"], required: 0, takesAny: true)))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    var parameters: [(key: String, values: [TemplateValue])] = []
    if let given = arguments.value(of: "query_dict", at: 0),
      case .dictionary(let mapping) = try rendering.resolve(given)
    {
      parameters = mapping.members.map { (key: $0.key, values: Self.values(of: $0.value)) }
    }
    let isGiven = !parameters.isEmpty
    for keyword in arguments.keywords where keyword.name != "query_dict" {
      let value = try rendering.resolve(keyword.value)
      let place = parameters.firstIndex { $0.key.hasSameBytes(as: keyword.name) }
      switch (value, place) {
      case (.none, let place?): parameters.remove(at: place)
      case (.none, nil): break
      case (_, let place?): parameters[place].values = Self.values(of: value)
      case (_, nil): parameters.append((keyword.name, Self.values(of: value)))
      }
    }
    let text = parameters.isEmpty && !isGiven ? "" : "?" + Self.encoded(parameters)
    rendering.deliverSimple(text, as: arguments.name)
  }

  private static func values(of value: TemplateValue) -> [TemplateValue] {
    if case .string = value { [value] } else { value.elements ?? [value] }
  }

  private static func encoded(_ parameters: [(key: String, values: [TemplateValue])]) -> String {
    parameters.flatMap { key, values in
      values.map { URLText.quotedForQuery(key) + "=" + URLText.quotedForQuery($0.text) }
    }.joined(separator: "&")
  }
}
