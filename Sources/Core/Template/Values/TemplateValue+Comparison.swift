extension TemplateValue {
  /// Python's `==`: by content, over the number types, never an error.
  package func isEqual(to other: TemplateValue) -> Bool {
    if let numbers = Number.pair(self, other) { return numbers.0.isEqual(to: numbers.1) }
    return switch (self, other) {
    case (.none, .none): true
    case (.string(let left, _), .string(let right, _)): left.hasSameBytes(as: right)
    case (.list(let left), .list(let right)): Self.areEqual(left, right)
    case (.tuple, .tuple), (.tuple, .namedTuple), (.namedTuple, .tuple), (.namedTuple, .namedTuple):
      Self.areEqual(elements ?? [], other.elements ?? [])
    case (.dictionary(let left), .dictionary(let right)):
      left.members.count == right.members.count
        && left.members.allSatisfy { right[$0.key]?.isEqual(to: $0.value) ?? false }
    case (.moment(let left), .moment(let right)): left.isEqual(to: right)
    case (.view(let leftView, let left), .view(let rightView, let right)):
      leftView != .values && rightView != .values && left.count == right.count
        && Self.isSubset(left, of: right)
    default: false
    }
  }

  /// Python's `<`; throws its `TypeError` where the two have no order.
  package func isLess(than other: TemplateValue) throws(TemplateError.Reason) -> Bool {
    if let numbers = Number.pair(self, other) { return numbers.0.isLess(than: numbers.1) }
    switch (self, other) {
    case (.string(let left, _), .string(let right, _)):
      // The order of UTF-8 is that of code points.
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.list(let left), .list(let right)):
      return try Self.isLess(left, right)
    case (.tuple, .tuple), (.tuple, .namedTuple), (.namedTuple, .tuple), (.namedTuple, .namedTuple):
      return try Self.isLess(elements ?? [], other.elements ?? [])
    case (.moment(let left), .moment(let right)):
      return try left.isLess(than: right)
    case (.view(let leftView, let left), .view(let rightView, let right))
    where leftView != .values && rightView != .values:
      // Keys and items are sets: less is a proper subset.
      return left.count < right.count && Self.isSubset(left, of: right)
    default:
      throw .exception(
        "TypeError",
        "'<' not supported between instances of '\(typeName)' and '\(other.typeName)'")
    }
  }

  private static func isSubset(_ left: [TemplateValue], of right: [TemplateValue]) -> Bool {
    left.allSatisfy { element in right.contains { $0.isEqual(to: element) } }
  }

  private static func areEqual(_ left: [TemplateValue], _ right: [TemplateValue]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
  }

  private static func isLess(
    _ left: [TemplateValue], _ right: [TemplateValue]
  ) throws(TemplateError.Reason) -> Bool {
    for (left, right) in zip(left, right) where !left.isEqual(to: right) {
      return try left.isLess(than: right)
    }
    return left.count < right.count
  }
}

/// The numbers of Python as they compare: `True` is 1, and 1 is 1.0.
private enum Number {
  case integer(Int)
  case bigInteger(String)
  case double(Double)

  static func pair(_ left: TemplateValue, _ right: TemplateValue) -> (Number, Number)? {
    guard let left = Number(left), let right = Number(right) else { return nil }
    return (left, right)
  }

  private init?(_ value: TemplateValue) {
    switch value {
    case .bool(let bool): self = .integer(bool ? 1 : 0)
    case .integer(let integer): self = .integer(integer)
    case .bigInteger(let literal): self = .bigInteger(literal)
    case .double(let double): self = .double(double)
    default: return nil
    }
  }

  func isEqual(to other: Number) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): left == right
    case (.bigInteger(let left), .bigInteger(let right)): left == right
    case (.integer, .bigInteger), (.bigInteger, .integer): false
    case (.integer(let left), .double(let right)): Int(exactly: right) == left
    case (.double(let left), .integer(let right)): Int(exactly: left) == right
    default: double == other.double
    }
  }

  func isLess(than other: Number) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): left < right
    case (.integer, .bigInteger(let right)): !right.hasPrefix("-")
    case (.bigInteger(let left), .integer): left.hasPrefix("-")
    case (.bigInteger(let left), .bigInteger(let right)): Self.isLess(left, right)
    case (.integer(let left), .double(let right)): Self.isLess(left, right)
    case (.double(let left), .integer(let right)):
      left != Double(right) || Int(exactly: left) == nil
        ? left < Double(right) : Int(exactly: left).map { $0 < right } ?? false
    default: double < other.double
    }
  }

  private static func isLess(_ left: Int, _ right: Double) -> Bool {
    guard Double(left) == right, let integer = Int(exactly: right) else {
      return Double(left) < right
    }
    return left < integer
  }

  private static func isLess(_ left: String, _ right: String) -> Bool {
    let isNegative = left.hasPrefix("-")
    guard isNegative == right.hasPrefix("-") else { return isNegative }
    let isNearer =
      left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
    return left != right && isNearer != isNegative
  }

  private var double: Double {
    switch self {
    case .integer(let integer): Double(integer)
    case .bigInteger(let literal): Double(literal) ?? .infinity
    case .double(let double): double
    }
  }
}
