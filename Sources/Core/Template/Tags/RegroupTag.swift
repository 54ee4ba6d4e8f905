/// `{% regroup list by key as name %}`: neighbours with the same key become a group.
package struct RegroupTag: Sendable {
  private let target: FilterExpression
  private let key: FilterExpression
  private let name: String

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count == 6 else { throw token.error(.regroupArgumentCount) }
    let target = try parser.expression(words[1], in: token)
    guard words[2] == "by" else { throw token.error(.regroupBy) }
    guard words[4] == "as" else { throw token.error(.regroupAs) }
    let key = try parser.expression(words[5] + "." + words[3], in: token)
    return .regroup(RegroupTag(target: target, key: key, name: words[5]))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let list = try rendering.resolve(target, missing: .none)
    var groups: [(key: TemplateValue, elements: [TemplateValue])] = []
    if case .none = list {
    } else if let elements = list.elements {
      for element in elements {
        rendering.scope.set(name, element)
        let key = try rendering.resolve(key, missing: .none)
        if let last = groups.indices.last, groups[last].key.isEqual(to: key) {
          groups[last].elements.append(element)
        } else {
          groups.append((key, [element]))
        }
      }
    } else {
      throw TemplateError(.notIterable(list.typeName), at: target.location)
    }
    rendering.scope.set(
      name,
      .list(
        groups.map {
          .namedTuple(
            name: "GroupedResult", fields: ["grouper": $0.key, "list": .list($0.elements)])
        }))
  }
}
