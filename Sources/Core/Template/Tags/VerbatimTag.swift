/// `{% verbatim %}`: its body as it is; the lexer made text of it.
package enum VerbatimTag {
  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let body = try parser.body(until: "endverbatim").nodes
    var text: [UInt8] = []
    for case .text(let part) in body { text += part }
    return .text(text)
  }
}
