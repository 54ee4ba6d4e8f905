/// `{% extends "base.html" %}`: the parent is rendered, with the blocks of this template.
package struct ExtendsTag: Sendable {
  private let parent: FilterExpression
  private let blocks: [String: BlockTag]
  /// The file of the template that it stands in.
  private let path: String?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count == 2 else { throw token.error(.extendsArgumentCount(words[0])) }
    let name = try parser.absoluteName(words[1], in: token)
    let parent = try parser.expression(name, in: token)
    parser.noteTemplate(parent, typed: words[1], isParent: true)
    let nodes = try parser.parse()
    for case .extends in nodes { throw token.error(.repeatedExtends(words[0])) }
    return .extends(ExtendsTag(parent: parent, blocks: parser.blocks, path: parser.path))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let name = try rendering.resolve(parent)
    guard name.isTrue else {
      throw TemplateError(.invalidParent(name.repr, variable: variable), at: parent.location)
    }
    let template = try rendering.parent(name, after: path, at: parent.location)
    rendering.addBlocks(blocks)
    if !template.isChild { rendering.addBlocks(template.blocks) }
    try rendering.descend(into: template, from: parent.location) {
      (rendering) throws(TemplateError) in
      try rendering.render(template.nodes)
    }
  }

  /// The text of the name, where it is not a constant.
  private var variable: String? {
    if case .constant = parent.operand, parent.calls.isEmpty { nil } else { parent.text }
  }
}

extension Rendering {
  fileprivate mutating func addBlocks(_ blocks: [String: BlockTag]) {
    var all = states[states.count - 1].blocks ?? [:]
    for (name, block) in blocks { all[name, default: []].insert(block, at: 0) }
    states[states.count - 1].blocks = all
  }

  /// The parent template, which none of the files that extend it already can be.
  fileprivate mutating func parent(
    _ name: TemplateValue, after path: String?, at location: TemplateError.Location
  ) throws(TemplateError) -> Template {
    let state = states.count - 1
    if states[state].extended.isEmpty, let path { states[state].extended.append(path) }
    do throws(TemplateError) {
      guard case .string(let name, _) = name else {
        throw TemplateError(.notAName(name.typeName), at: location)
      }
      let template = try engine.template(named: name, skipping: states[state].extended)
      if let path = template.path { states[state].extended.append(path) }
      return template
    } catch {
      throw error.located(at: location)
    }
  }
}
