/// A parsed template, ready to be rendered any number of times.
package final class Template: Sendable {
  /// The name by which it was asked for; nil where it was given as text.
  package let name: String?
  /// The file that it was read from.
  package let path: String?
  let nodes: [Node]
  let blocks: [String: BlockTag]
  /// Whether it extends another.
  let isChild: Bool

  init(name: String?, path: String?, nodes: [Node], blocks: [String: BlockTag]) {
    self.name = name
    self.path = path
    self.nodes = nodes
    self.blocks = blocks
    isChild = nodes.contains { if case .extends = $0 { true } else { false } }
  }
}
