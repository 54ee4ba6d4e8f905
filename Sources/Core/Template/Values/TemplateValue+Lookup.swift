extension TemplateValue {
  /// One step of a dotted path: key, then attribute or method, then index (`Variable._resolve_lookup`).
  ///
  /// Nil where there is nothing by that name.
  package func member(_ name: String) -> TemplateValue? {
    switch self {
    case .dictionary(let mapping): mapping[name] ?? Self.attribute(name, of: mapping)
    case .list(let elements): Self.method(name, of: elements) ?? Self.element(name, of: elements)
    case .tuple(let elements): Self.element(name, of: elements)
    case .namedTuple(_, let fields): fields[name] ?? Self.element(name, of: fields.values)
    case .string(let text, _): Self.method(name, of: text) ?? Self.character(name, of: text)
    case .integer, .bigInteger, .bool, .double: numberAttribute(name)
    case .moment(let moment): moment.attribute(name)
    case .none, .view: nil
    }
  }

  /// The value at the end of a dotted path, of which the names before `start` are behind; or nil.
  package func member(at path: [String], from start: Int = 0) -> TemplateValue? {
    guard start < path.count else { return self }
    if case .dictionary(let mapping) = self, let object = mapping.json {
      return object.member(at: path, from: start)
    }
    return member(path[start])?.member(at: path, from: start + 1)
  }

  /// Methods that need no argument; those that change the dictionary leave it as it is here.
  private static func attribute(_ name: String, of mapping: Mapping) -> TemplateValue? {
    switch name {
    case "items": .view(.items, mapping.items)
    case "keys": .view(.keys, mapping.keys)
    case "values": .view(.values, mapping.values)
    case "copy": .dictionary(mapping)
    case "clear", "update": TemplateValue.none
    case "popitem": mapping.items.last
    case "get", "pop", "setdefault", "fromkeys": callWithoutArgument
    default: nil
    }
  }

  private static func method(_ name: String, of list: [TemplateValue]) -> TemplateValue? {
    switch name {
    case "copy": .list(list)
    case "clear", "reverse", "sort": TemplateValue.none
    case "pop": list.last
    case "append", "count", "extend", "index", "insert", "remove": callWithoutArgument
    default: nil
    }
  }

  /// What calling a method gives that would need an argument (`string_if_invalid`).
  private static let callWithoutArgument = TemplateValue.string("")

  private static func element(_ name: String, of elements: [TemplateValue]) -> TemplateValue? {
    guard let index = index(name, count: elements.count) else { return nil }
    return elements[index]
  }

  private static func character(_ name: String, of text: String) -> TemplateValue? {
    let scalars = text.unicodeScalars
    guard let index = index(name, count: scalars.count) else { return nil }
    return .string(String(scalars[scalars.index(scalars.startIndex, offsetBy: index)]))
  }

  /// The position that `name` means as Python reads it, -1 being the last.
  private static func index(_ name: String, count: Int) -> Int? {
    guard let number = Int(name) ?? BigInteger(pythonLiteral: name)?.int else { return nil }
    let index = number < 0 ? number + count : number
    return 0..<count ~= index ? index : nil
  }
}

// Where a path leads through JSON, nothing is copied or converted but what is at its end.

extension Object {
  func member(at path: [String], from start: Int) -> TemplateValue? {
    guard let place = place(of: path[start]) else {
      let mapping = TemplateValue.dictionary(Mapping(self))
      return mapping.member(path[start])?.member(at: path, from: start + 1)
    }
    return members[place].value.member(at: path, from: start + 1)
  }
}

extension Value {
  func member(at path: [String], from start: Int) -> TemplateValue? {
    guard start < path.count else { return TemplateValue(self) }
    switch self {
    case .object(let object): return object.member(at: path, from: start)
    case .array(let elements):
      guard let index = Int(path[start]), elements.indices.contains(index) else { break }
      return elements[index].member(at: path, from: start + 1)
    default: break
    }
    return TemplateValue(self).member(path[start])?.member(at: path, from: start + 1)
  }
}
