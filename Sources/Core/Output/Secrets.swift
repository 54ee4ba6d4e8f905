/// Keeps passwords out of what is shown, wherever they were typed.
package enum Secrets {
  /// What is shown in place of a secret.
  package static let mask = "***"

  /// The text with user, password and query of every URL in it replaced by `***`.
  package static func redacted(_ text: String) -> String {
    var shown = ""
    var rest = text.unicodeScalars[...]
    while let url = rest.indices.first(where: { rest[$0...].starts(with: "://".unicodeScalars) }) {
      let start = rest.index(url, offsetBy: 3)
      shown.unicodeScalars += rest[..<start]
      rest = rest[start...]
      // A password may hold any character, also one that ends a URL, so all before the last `@` goes.
      if let at = rest.lastIndex(of: "@") {
        shown += mask
        rest = rest[at...]
      }
      let end = rest.firstIndex { $0 == " " || $0 == "'" } ?? rest.endIndex
      if let query = rest[..<end].firstIndex(of: "?") {
        shown.unicodeScalars += rest[...query]
        shown += mask
        rest = rest[end...]
      }
    }
    return shown + String(rest)
  }
}
