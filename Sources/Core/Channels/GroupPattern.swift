/// A pattern of group names in the server's own syntax: `*`, `?`, `[a-z]`, `[^a]`, `\` before a sign.
package struct GroupPattern: Hashable, Sendable {
  package let text: String

  /// Whether a name on the command line is a pattern, and not a group.
  package static func isPattern(_ text: String) -> Bool {
    text.contains { "*?[".contains($0) }
  }

  /// Refuses what no group's name can match.
  package init(_ text: String) throws(GroupName.Fault) {
    let literal = text.filter { !"*?[]^\\".contains($0) }
    if !literal.isEmpty { _ = try GroupName(literal) }
    self.text = text
  }
}
