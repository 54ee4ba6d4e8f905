/// What `dictsort` does: sorts elements by one of their keys (`_property_resolver`).
enum DictionarySort {
  fileprivate enum Key {
    /// `itemgetter`: the key itself, no attribute.
    case item(TemplateValue)
    case path([String])
  }

  /// The elements sorted, equal ones as they came; the empty string where they cannot be sorted.
  static func sorted(
    _ value: TemplateValue, by argument: TemplateValue, isReversed: Bool
  ) throws(TemplateError.Reason) -> TemplateValue {
    do throws(TemplateError.Reason) {
      let key = try key(argument)
      guard let elements = value.elements else { return .string("") }
      var keyed: [(key: TemplateValue, element: TemplateValue)] = []
      for element in elements { keyed.append((try key.value(of: element), element)) }
      return .list(try sorted(keyed, isReversed: isReversed))
    } catch let error where error.isTypeError || error.isAttributeError {
      return .string("")
    }
  }

  private static func sorted(
    _ keyed: [(key: TemplateValue, element: TemplateValue)], isReversed: Bool
  ) throws(TemplateError.Reason) -> [TemplateValue] {
    var failure: TemplateError.Reason?
    let sorted = keyed.sorted { left, right in
      do throws(TemplateError.Reason) {
        return isReversed
          ? try right.key.isLess(than: left.key) : try left.key.isLess(than: right.key)
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    return sorted.map(\.element)
  }

  private static func key(_ argument: TemplateValue) throws(TemplateError.Reason) -> Key {
    do {
      _ = try argument.number()
      return .item(argument)
    } catch let error where error.isValueError {
      let name = argument.text
      guard !name.isEmpty else { throw .exception("IndexError", "string index out of range") }
      guard name.utf8.first != UInt8(ascii: "_"), name.parts(separatedBy: "._").count == 1 else {
        throw .exception("AttributeError", "Access to private variables is forbidden.")
      }
      return .path(name.parts(separatedBy: "."))
    }
  }
}

extension DictionarySort.Key {
  fileprivate func value(
    of element: TemplateValue
  ) throws(TemplateError.Reason) -> TemplateValue {
    switch self {
    case .item(let key): return try element.item(key)
    case .path(let names):
      var value = element
      for name in names {
        guard let next = value.property(name) else { throw .attributeError(value, name) }
        value = next
      }
      return value
    }
  }
}

extension TemplateValue {
  /// Python's `self[key]`, of a key that is a number or reads as one.
  fileprivate func item(_ key: TemplateValue) throws(TemplateError.Reason) -> TemplateValue {
    switch (self, key) {
    case (.dictionary(let mapping), .string(let name, _)):
      guard let value = mapping[name] else { throw .exception("KeyError", name.pythonRepr) }
      return value
    case (.dictionary, _):
      throw .exception("KeyError", key.repr)
    case (_, .bool), (_, .integer), (_, .bigInteger):
      let elements = try subscriptable()
      let index = try key.clampedInteger()
      let place = index < 0 ? index + elements.count : index
      guard elements.indices.contains(place) else {
        throw .exception("IndexError", "\(typeName) index out of range")
      }
      return elements[place]
    default:
      throw .typeError("\(typeName) indices must be integers or slices, not \(key.typeName)")
    }
  }

  /// A key of a dictionary, or an attribute; an index it is not, since Python has a text here.
  fileprivate func property(_ name: String) -> TemplateValue? {
    switch self {
    case .dictionary(let mapping): mapping[name]
    case .namedTuple(_, let fields): fields[name]
    case .moment(let moment): moment.attribute(name)
    case .bool, .integer, .bigInteger, .double: numberAttribute(name)
    case .none, .string, .list, .tuple, .view: nil
    }
  }
}

extension TemplateError.Reason {
  fileprivate var isAttributeError: Bool {
    if case .exception("AttributeError", _) = self { true } else { false }
  }
}
