/// Which group the id of a chat means: a name in which `{id}` stands for the id.
package struct ChatPattern: Equatable, Sendable {
  /// What stands before, between and after the places of the id.
  private let parts: [String]

  /// - Parameter text: holds `{id}` at least once.
  package init(_ text: String) {
    parts = text.split(separator: "{id}", omittingEmptySubsequences: false).map(String.init)
  }

  /// The name of the chat's group.
  package func group(of id: String) -> String { parts.joined(separator: id) }

  /// The id of the chat that a group's name means; nil where it means none.
  package func id(in group: String) -> String? {
    let places = parts.count - 1
    let letters = group.utf8.count - parts.reduce(0) { $0 + $1.utf8.count }
    guard places > 0, letters >= places, letters % places == 0,
      let id = String(group.utf8.dropFirst(parts[0].utf8.count).prefix(letters / places)),
      self.group(of: id).hasSameBytes(as: group)
    else { return nil }
    return id
  }

  /// The glob that every chat's group matches.
  package var glob: String { parts.map(\.globEscaped).joined(separator: "*") }
}
