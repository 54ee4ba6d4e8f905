/// A dictionary of template values that keeps the order of its keys, as Python's `dict`.
///
/// Keys are compared by their bytes.
package struct Mapping: Sendable {
  package private(set) var members: [(key: String, value: TemplateValue)] = []
  /// The place of each key's bytes, kept only where a scan of `members` would be slower.
  private var places: [[UInt8]: Int] = [:]
  private static let scanned = 8

  package init() {}

  package init(_ object: Object) {
    members = object.members.map { (key: $0.key, value: TemplateValue($0.value)) }
    indexIfLarge()
  }

  package init(_ members: [(key: String, value: TemplateValue)]) {
    for (key, value) in members { self[key] = value }
  }

  package var keys: [TemplateValue] { members.map { .string($0.key) } }
  package var values: [TemplateValue] { members.map(\.value) }
  package var items: [TemplateValue] { members.map { .tuple([.string($0.key), $0.value]) } }

  package subscript(key: String) -> TemplateValue? {
    get { place(of: key).map { members[$0].value } }
    set {
      switch (place(of: key), newValue) {
      case (let place?, let value?): members[place].value = value
      case (nil, let value?): append(key, value)
      case (let place?, nil):
        members.remove(at: place)
        indexIfLarge()
      case (nil, nil): break
      }
    }
  }

  private func place(of key: String) -> Int? {
    guard places.isEmpty else { return places[Array(key.utf8)] }
    for place in members.indices where members[place].key.hasSameBytes(as: key) { return place }
    return nil
  }

  private mutating func append(_ key: String, _ value: TemplateValue) {
    members.append((key, value))
    if places.isEmpty {
      indexIfLarge()
    } else {
      places[Array(key.utf8)] = members.count - 1
    }
  }

  private mutating func indexIfLarge() {
    places = [:]
    guard members.count > Self.scanned else { return }
    for (place, member) in members.enumerated() { places[Array(member.key.utf8)] = place }
  }
}

extension Mapping: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, TemplateValue)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
