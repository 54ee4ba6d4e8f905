/// Which group the id of a chat means: a name in which `{id}` stands for the id.
package struct ChatPattern: Equatable, Sendable {
  private static let place = "{id}"
  private let text: String
  /// How often the id stands in the name, and bytes before the first and in all without it.
  private let places: Int
  private let start: Int
  private let rest: Int

  /// - Parameter text: holds the place of the id.
  package init(_ text: String) {
    self.text = text
    rest = text.filling([(Self.place, "")]).utf8.count
    places = text.filling([(Self.place, "1")]).utf8.count - rest
    let first = text.indices.first { text[$0...].hasPrefix(Self.place) } ?? text.endIndex
    start = text[..<first].utf8.count
  }

  /// The name of the chat's group.
  package func group(of id: String) -> String { text.filling([(Self.place, id)]) }

  /// The id of the chat that a group's name means; nil where it means none.
  package func id(in group: String) -> String? {
    let letters = group.utf8.count - rest
    guard places > 0, letters >= places, letters % places == 0,
      let id = String(group.utf8.dropFirst(start).prefix(letters / places)),
      self.group(of: id).hasSameBytes(as: group)
    else { return nil }
    return id
  }

  /// The glob that every chat's group matches.
  package var glob: String { text.globEscaped.filling([(Self.place, "*")]) }
}
