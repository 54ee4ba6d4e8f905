/// `{% block name %}`: a part that a template which extends this one may replace.
package struct BlockTag: Sendable {
  package let name: String
  let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    guard words.count == 2 else { throw token.error(.blockArgumentCount(words[0])) }
    let name = words[1]
    guard parser.blockNames.insert(name).inserted else {
      throw token.error(.repeatedBlock(words[0], name))
    }
    let (body, end) = try parser.body(until: "endblock")
    let ends = ["endblock", "endblock \(name)"]
    guard ends.contains(end.contents) else {
      throw parser.invalidTag(end, named: "endblock", expected: ends)
    }
    let block = BlockTag(name: name, body: body)
    parser.blocks[name] = block
    return .block(block)
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    guard rendering.isExtending else {
      return try render(self, isChained: false, into: &rendering)
    }
    let override = rendering.takeBlock(name)
    try render(override ?? self, isChained: true, into: &rendering)
    if let override { rendering.putBackBlock(override) }
  }

  private func render(
    _ block: BlockTag, isChained: Bool, into rendering: inout Rendering
  ) throws(TemplateError) {
    rendering.scope.push()
    rendering.scope.set("block", .block(block, isChained: isChained))
    try rendering.render(block.body)
    rendering.scope.pop()
  }

  /// How Python would print it.
  var description: String { "<Block Node: \(name). Contents: [\(body.count) nodes]>" }
}

extension Rendering {
  fileprivate var isExtending: Bool { states[states.count - 1].blocks != nil }

  fileprivate mutating func takeBlock(_ name: String) -> BlockTag? {
    states[states.count - 1].blocks?[name]?.popLast()
  }

  fileprivate mutating func putBackBlock(_ block: BlockTag) {
    states[states.count - 1].blocks?[block.name]?.append(block)
  }

  /// `{{ block.super }}`: the same block of the parent (`BlockNode.super`).
  mutating func superBlock(
    of block: BlockTag, isChained: Bool, at location: TemplateError.Location
  ) throws(TemplateError) -> TemplateValue {
    guard isChained else { throw TemplateError(.superInBaseTemplate, at: location) }
    guard states[states.count - 1].blocks?[block.name]?.isEmpty == false else {
      return .string("")
    }
    return .string(try captured([.block(block)]), safe: true)
  }
}
