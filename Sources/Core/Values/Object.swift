/// A dictionary that keeps the order of its keys; a key set again keeps its place, as in Python.
///
/// Keys are compared by their bytes.
package struct Object: Equatable, Sendable {
  package private(set) var members: [(key: String, value: Value)] = []
  /// The place of each key's bytes, kept only where a scan of `members` would be slower.
  private var places: [[UInt8]: Int] = [:]
  private static let scanned = 8

  /// - Parameter capacity: members that are expected.
  package init(capacity: Int = 0) { members.reserveCapacity(capacity) }

  package init(_ members: [(key: String, value: Value)]) {
    for (key, value) in members { self[key] = value }
  }

  /// - Parameter members: no key is there twice.
  package init(distinct members: [(key: String, value: Value)]) {
    self.members = members
    if members.count > Self.scanned { index() }
  }

  package subscript(key: String) -> Value? {
    get { place(of: key).map { members[$0].value } }
    set {
      guard let newValue else {
        if let place = place(of: key) { remove(at: place) }
        return
      }
      if let place = place(of: key) {
        members[place].value = newValue
      } else {
        append(key, newValue)
      }
    }
  }

  package static func == (left: Object, right: Object) -> Bool {
    left.members.count == right.members.count
      && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  /// The place of a key among `members`.
  package func place(of key: String) -> Int? {
    guard places.isEmpty else { return places[Array(key.utf8)] }
    // Not `firstIndex`, which would copy each member to show it to a closure.
    for place in members.indices where members[place].key.hasSameBytes(as: key) { return place }
    return nil
  }

  private mutating func append(_ key: String, _ value: Value) {
    members.append((key, value))
    if !places.isEmpty {
      places[Array(key.utf8)] = members.count - 1
    } else if members.count > Self.scanned {
      index()
    }
  }

  private mutating func remove(at place: Int) {
    members.remove(at: place)
    places = [:]
    if members.count > Self.scanned { index() }
  }

  private mutating func index() {
    for (place, member) in members.enumerated() { places[Array(member.key.utf8)] = place }
  }
}

extension Object: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Value)...) {
    members.reserveCapacity(elements.count)
    for (key, value) in elements { self[key] = value }
  }
}
