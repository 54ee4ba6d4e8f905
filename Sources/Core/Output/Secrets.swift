/// Keeps passwords out of what is shown, wherever they were typed.
package enum Secrets {
  /// What is shown in place of a secret.
  package static let mask = "***"

  /// The text with user, password and query of every URL in it replaced by `***`.
  package static func redacted(_ text: String) -> String {
    var shown = ""
    var rest = text[...]
    while let url = rest.indices.first(where: { rest[$0...].hasPrefix("://") }) {
      let start = rest.index(url, offsetBy: 3)
      let end = rest[start...].firstIndex { $0 == " " || $0 == "'" } ?? rest.endIndex
      shown += rest[..<start] + redacted(location: rest[start..<end])
      rest = rest[end...]
    }
    return shown + rest
  }

  /// A password may hold any of the characters that part a URL, so all before the last `@` goes.
  private static func redacted(location: Substring) -> String {
    let host = location.lastIndex(of: "@").map { location[$0...] } ?? location
    let shown = host.firstIndex(of: "?").map { host[..<$0] + "?" + mask } ?? host
    return host.startIndex == location.startIndex ? String(shown) : mask + shown
  }
}
