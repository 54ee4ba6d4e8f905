/// Tags and filters by name, as `{% load %}` brings them in (`django/template/library.py`).
///
/// The filters of a section are one array: `extension Library { static let stringFilters: [Filter] }`.
package struct Library: Sendable {
  /// Parses one tag, of which the token is the first, up to its end (a "compilation function").
  package typealias TagParser = @Sendable (inout Parser, Token) throws(TemplateError) -> Node

  package private(set) var tags: [String: TagParser]
  package private(set) var filters: [String: Filter]

  package init(tags: [String: TagParser] = [:], filters: [Filter] = []) {
    self.tags = tags
    self.filters = Dictionary(uniqueKeysWithValues: filters.map { ($0.name, $0) })
  }

  /// Takes in what `library` has; a name that is there already is replaced.
  package mutating func add(_ library: Library) {
    tags.merge(library.tags) { $1 }
    filters.merge(library.filters) { $1 }
  }

  /// The part of the library with these names (`load_from_library`).
  package func part(_ names: [String], of label: String) throws(TemplateError.Reason) -> Library {
    var part = Library()
    for name in names {
      part.tags[name] = tags[name]
      part.filters[name] = filters[name]
      if tags[name] == nil, filters[name] == nil {
        throw .notInLibrary(name, library: label)
      }
    }
    return part
  }
}
