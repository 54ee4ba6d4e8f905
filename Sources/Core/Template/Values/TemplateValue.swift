/// A value as templates see it: JSON's values, and what tags and filters make of them.
///
/// Every switch over it is exhaustive; nothing else can reach a template.
package enum TemplateValue: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  /// The decimal literal of an integer that `Int` does not hold; Python has them, so they are kept.
  case bigInteger(String)
  case double(Double)
  /// `safe` text is not escaped again (`django/utils/safestring.py SafeString`).
  case string(String, safe: Bool = false)
  /// A date, a time of day, or both.
  indirect case moment(Moment)
  case list([TemplateValue])
  case tuple([TemplateValue])
  case dictionary(Mapping)
  /// What `.keys`, `.values` and `.items` of a dictionary give: iterable, but without an index.
  case view(DictionaryView, [TemplateValue])
  /// A tuple whose elements also have names, as `regroup` makes them.
  indirect case namedTuple(name: String, fields: Mapping)
}

/// Which view of a dictionary it is; the raw value is Python's name of its type.
package enum DictionaryView: String, Sendable {
  case keys = "dict_keys"
  case values = "dict_values"
  case items = "dict_items"
}

extension TemplateValue {
  package init(_ value: Value) {
    self =
      switch value {
      case .null: .none
      case .bool(let bool): .bool(bool)
      case .integer(let integer): .integer(integer)
      case .bigInteger(let literal): .bigInteger(literal)
      case .double(let double): .double(double)
      case .string(let text): .string(text)
      // Neither comes out of JSON.
      case .binary(let bytes), .ext(_, let bytes): .string(String(decoding: bytes, as: UTF8.self))
      case .array(let elements): .list(elements.map { TemplateValue($0) })
      case .object(let object): .dictionary(Mapping(object))
      }
  }

  /// Whether the value is text that is not escaped again (`SafeData`).
  package var isSafe: Bool {
    if case .string(_, let safe) = self { safe } else { false }
  }

  /// The truth of the value, as Python's `bool`.
  package var isTrue: Bool {
    switch self {
    case .none: false
    case .bool(let bool): bool
    case .integer(let integer): integer != 0
    case .double(let double): double != 0
    case .string(let text, _): !text.isEmpty
    case .list(let elements), .tuple(let elements), .view(_, let elements): !elements.isEmpty
    case .dictionary(let mapping): mapping.count > 0
    case .bigInteger, .moment, .namedTuple: true
    }
  }

  /// What a loop over the value yields, as Python's `list(value)`; nil where it cannot be iterated.
  package var elements: [TemplateValue]? {
    switch self {
    case .list(let elements), .tuple(let elements), .view(_, let elements): elements
    case .dictionary(let mapping): mapping.keys
    case .namedTuple(_, let fields): fields.values
    case .string(let text, _): text.unicodeScalars.map { .string(String($0)) }
    case .none, .bool, .integer, .bigInteger, .double, .moment: nil
    }
  }

  /// Python's `len`; nil where the value has none.
  package var count: Int? {
    switch self {
    case .string(let text, _): text.unicodeScalars.count
    case .dictionary(let mapping): mapping.count
    default: elements?.count
    }
  }

  /// Python's name of the value's type, for error texts.
  package var typeName: String {
    switch self {
    case .none: "NoneType"
    case .bool: "bool"
    case .integer, .bigInteger: "int"
    case .double: "float"
    case .string(_, let safe): safe ? "SafeString" : "str"
    case .moment(let moment): moment.typeName
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .view(let view, _): view.rawValue
    case .namedTuple(let name, _): name
    }
  }
}
