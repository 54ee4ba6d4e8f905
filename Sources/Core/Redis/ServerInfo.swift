/// What a server tells of itself: the fields of INFO.
package struct ServerInfo: Equatable, Sendable {
  private let fields: [String: String]

  /// Reads the lines `name:value`; headings and empty lines are passed over.
  package init(_ text: String) {
    var fields: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where line.first != "#" {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[String(line[..<colon])] = String(line[colon...].dropFirst())
    }
    self.fields = fields
  }

  package subscript(name: String) -> String? { fields[name] }

  package func integer(_ name: String) -> Int? { fields[name].flatMap { Int($0) } }

  /// `master` or `slave`, as the server calls it.
  package var role: String? { fields["role"] }

  /// The version of Redis that the server is, or says to be compatible with.
  package var version: String? { fields["redis_version"] }

  package var majorVersion: Int? {
    version.flatMap { Int($0.prefix { $0 != "." }) }
  }
}
