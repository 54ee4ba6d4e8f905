/// `{% timezone "Europe/Paris" %}`: the zone of the times inside.
package struct TimeZoneTag: Sendable {
  private let zone: FilterExpression
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count == 2 else { throw token.error(.timeZoneArgumentCount(words[0])) }
    let zone = try parser.expression(words[1], in: token)
    return .timeZone(TimeZoneTag(zone: zone, body: try parser.body(until: "endtimezone").nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let value = try rendering.resolve(zone)
    let chosen: Zone
    switch value {
    case .none: chosen = rendering.filterContext.defaultZone
    case .string(let name, _):
      guard let zone = Zone(named: name) else {
        throw TemplateError(.unknownTimeZone(name), at: zone.location)
      }
      chosen = zone
    default: throw TemplateError(.invalidTimeZone(value.repr), at: zone.location)
    }
    let outer = exchange(&rendering.filterContext.zone, with: chosen)
    try rendering.render(body)
    rendering.filterContext.zone = outer
  }
}

/// `{% get_current_timezone as name %}`.
package enum CurrentTimeZoneTag {
  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    guard words.count == 3, words[1] == "as" else { throw token.error(.requiresAs(words)) }
    return .currentTimeZone(name: words[2])
  }
}
