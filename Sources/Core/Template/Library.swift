/// Tags and filters by name, as `{% load %}` brings them in (`django/template/library.py`).
///
/// The filters of a section are one array: `extension Library { static let stringFilters: [Filter] }`.
package struct Library: Sendable {
  package let filters: [String: Filter]

  package init(filters: [Filter] = []) {
    self.filters = Dictionary(uniqueKeysWithValues: filters.map { ($0.name, $0) })
  }
}
