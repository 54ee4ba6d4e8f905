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
    guard text.utf8.count <= Self.lengthLimit || text.unicodeScalars.count <= Self.lengthLimit
    else {
      throw .tooLong(text.unicodeScalars.count)
    }
    // Characters are slow to find, and all that are allowed are single bytes.
    if !text.utf8.isName, let character = text.first(where: { !$0.utf8.isName }) {
      throw .character(character)
    }
    self.text = text
  }
}

extension Sequence<UInt8> {
  fileprivate var isName: Bool {
    allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
  }
}
