/// `{% spaceless %}`: no white space between tags.
package struct SpacelessTag: Sendable {
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    .spaceless(SpacelessTag(body: try parser.body(until: "endspaceless").nodes))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let text = CodePoints(try rendering.captured(body).stripped)
    var result = CodePoints()
    var cursor = 0
    while cursor < text.count {
      result.append(text[cursor])
      cursor += 1
      guard result.last == ">" else { continue }
      let next = text[cursor...].firstIndex { !$0.isWhiteSpace } ?? text.count
      if next < text.count, text[next] == "<" { cursor = next }
    }
    rendering.write(String(result))
  }
}
