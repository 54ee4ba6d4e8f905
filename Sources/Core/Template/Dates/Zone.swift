/// A time zone by its name, `Europe/Paris`.
package struct Zone: Sendable {
  package let name: String

  /// Nil where this machine knows no zone of that name.
  package init?(named name: String) {
    self.name = name
  }

  package static let utc = Zone(name: "UTC")

  private init(name: String) {
    self.name = name
  }
}
