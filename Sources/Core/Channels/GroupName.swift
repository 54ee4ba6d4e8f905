/// The name of a group, valid for every Channels version (`channels/layers.py require_valid_group_name`).
///
/// Stricter than Python in two places where its pattern errs: a final newline and digits of other
/// scripts pass there.
package struct GroupName: Hashable, Sendable {
  package enum Fault: Error, Equatable, Sendable {
    case empty
    case tooLong(Int)
    case character(Character)
  }

  /// Channels wants fewer than 100 characters.
  package static let lengthLimit = 99

  package let text: String

  package init(_ text: String) throws(Fault) {
    guard !text.isEmpty else { throw .empty }
    guard text.unicodeScalars.count <= Self.lengthLimit else {
      throw .tooLong(text.unicodeScalars.count)
    }
    if let character = text.first(where: { !$0.isAllowedInName }) { throw .character(character) }
    self.text = text
  }
}

extension Character {
  fileprivate var isAllowedInName: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": utf8.count == 1
    case "-", "_", ".": true
    default: false
    }
  }
}
