/// `{% localize on %}`: whether numbers and dates are printed in the style of the language.
package struct LocalizeTag: Sendable {
  private let isOn: Bool
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let isOn = try token.onOrOff()
    return .localize(
      LocalizeTag(isOn: isOn, body: try parser.body(until: "endlocalize").nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let outer = exchange(&rendering.filterContext.localizes, with: isOn)
    try rendering.render(body)
    rendering.filterContext.localizes = outer
  }
}

/// `{% localtime on %}`: whether times are printed in the current zone.
package struct LocalTimeTag: Sendable {
  private let isOn: Bool
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let isOn = try token.onOrOff()
    return .localTime(
      LocalTimeTag(isOn: isOn, body: try parser.body(until: "endlocaltime").nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let outer = exchange(&rendering.filterContext.usesLocalTime, with: isOn)
    try rendering.render(body)
    rendering.filterContext.usesLocalTime = outer
  }
}

extension Token {
  /// The argument `on` or `off`; on where there is none.
  fileprivate func onOrOff() throws(TemplateError) -> Bool {
    let words = try words
    if words.count == 1 { return true }
    guard words.count == 2, words[1] == "on" || words[1] == "off" else {
      throw error(.onOrOff(words[0]))
    }
    return words[1] == "on"
  }
}
