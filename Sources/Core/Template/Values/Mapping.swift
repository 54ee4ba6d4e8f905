/// A dictionary of template values that keeps the order of its keys, as Python's `dict`.
///
/// Keys are compared by their bytes. What JSON gave is converted only where it is looked at.
package struct Mapping: Sendable {
  private enum Storage: Sendable {
    case json(Object)
    case made([(key: String, value: TemplateValue)])
  }

  private var storage: Storage

  package init(_ object: Object) {
    storage = .json(object)
  }

  package init(_ members: [(key: String, value: TemplateValue)] = []) {
    storage = .made([])
    for (key, value) in members { self[key] = value }
  }

  package var members: [(key: String, value: TemplateValue)] {
    switch storage {
    case .json(let object): object.members.map { (key: $0.key, value: TemplateValue($0.value)) }
    case .made(let members): members
    }
  }

  package var count: Int {
    switch storage {
    case .json(let object): object.members.count
    case .made(let members): members.count
    }
  }

  package var keys: [TemplateValue] { members.map { .string($0.key) } }
  package var values: [TemplateValue] { members.map(\.value) }
  package var items: [TemplateValue] { members.map { .tuple([.string($0.key), $0.value]) } }

  package subscript(key: String) -> TemplateValue? {
    get {
      switch storage {
      case .json(let object): return object[key].map { TemplateValue($0) }
      case .made(let members): return Self.place(of: key, in: members).map { members[$0].value }
      }
    }
    set {
      var members = members
      switch (Self.place(of: key, in: members), newValue) {
      case (let place?, let value?): members[place].value = value
      case (nil, let value?): members.append((key, value))
      case (let place?, nil): members.remove(at: place)
      case (nil, nil): break
      }
      storage = .made(members)
    }
  }

  /// The JSON object behind it, if it is one.
  var json: Object? {
    if case .json(let object) = storage { object } else { nil }
  }

  /// The value at the end of a path that begins with a key.
  func value(at path: [String]) -> TemplateValue? {
    guard let json else { return self[path[0]]?.member(at: path, from: 1) }
    guard let place = json.place(of: path[0]) else { return nil }
    return json.members[place].value.member(at: path, from: 1)
  }

  private static func place(
    of key: String, in members: [(key: String, value: TemplateValue)]
  ) -> Int? {
    for place in members.indices where members[place].key.hasSameBytes(as: key) { return place }
    return nil
  }
}

extension Mapping: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, TemplateValue)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
