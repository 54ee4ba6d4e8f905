/// The condition of an `if` tag as a tree (`django/template/smartif.py`).
package indirect enum Condition: Sendable {
  case value(FilterExpression)
  case not(Condition)
  case infix(InfixOperator, Condition, Condition)
}

/// The operators between two operands; the raw value is what stands in the template.
package enum InfixOperator: String, Sendable {
  case or
  case and
  case `in`
  case notIn = "not in"
  case `is`
  case isNot = "is not"
  case equal = "=="
  case notEqual = "!="
  case greater = ">"
  case greaterOrEqual = ">="
  case less = "<"
  case lessOrEqual = "<="

  /// How tightly it binds its operands.
  var bindingPower: Int {
    switch self {
    case .or: 6
    case .and: 7
    case .in, .notIn: 9
    case .is, .isNot, .equal, .notEqual, .greater, .greaterOrEqual, .less, .lessOrEqual: 10
    }
  }
}

extension Condition {
  /// Whether it is true; a variable that an argument of a filter lacks makes it false.
  func holds(in rendering: inout Rendering) throws(TemplateError) -> Bool {
    do {
      return try value(in: &rendering).isTrue
    } catch {
      guard case .missingVariable = error.reason else { throw error }
      return false
    }
  }

  private func value(in rendering: inout Rendering) throws(TemplateError) -> TemplateValue {
    switch self {
    case .value(let expression): return try rendering.resolve(expression, missing: .asked)
    case .not, .infix:
      // What fails inside of an operator is false.
      return (try? operation(in: &rendering)) ?? .bool(false)
    }
  }

  private func operation(in rendering: inout Rendering) throws(TemplateError) -> TemplateValue {
    switch self {
    case .value: return try value(in: &rendering)
    case .not(let operand): return .bool(!(try operand.value(in: &rendering).isTrue))
    case .infix(.or, let left, let right):
      let value = try left.value(in: &rendering)
      return value.isTrue ? value : try right.value(in: &rendering)
    case .infix(.and, let left, let right):
      let value = try left.value(in: &rendering)
      return value.isTrue ? try right.value(in: &rendering) : value
    case .infix(let infix, let left, let right):
      let (leftValue, rightValue) = (
        try left.value(in: &rendering), try right.value(in: &rendering)
      )
      let isIdentical =
        left.isSameVariable(as: right) || leftValue.isIdentical(to: rightValue)
      return .bool(Self.compare(leftValue, infix, rightValue, isIdentical: isIdentical) ?? false)
    }
  }

  /// Nil where Python raises an error.
  private static func compare(
    _ left: TemplateValue, _ infix: InfixOperator, _ right: TemplateValue, isIdentical: Bool
  ) -> Bool? {
    switch infix {
    case .or, .and: nil
    case .in: right.contains(left)
    case .notIn: right.contains(left).map(!)
    case .is: isIdentical
    case .isNot: !isIdentical
    case .equal: left.isEqual(to: right)
    case .notEqual: !left.isEqual(to: right)
    case .greater: try? right.isLess(than: left)
    case .greaterOrEqual: (try? right.isLess(than: left)).map { $0 || left.isEqual(to: right) }
    case .less: try? left.isLess(than: right)
    case .lessOrEqual: (try? left.isLess(than: right)).map { $0 || left.isEqual(to: right) }
    }
  }

  private func isSameVariable(as other: Condition) -> Bool {
    guard case .value(let left) = self, case .value(let right) = other,
      case .variable(let leftVariable) = left.operand,
      case .variable(let rightVariable) = right.operand,
      left.calls.isEmpty, right.calls.isEmpty
    else { return false }
    return leftVariable.text.hasSameBytes(as: rightVariable.text)
  }
}

extension TemplateValue {
  /// Python's `item in value`; nil where that is an error.
  fileprivate func contains(_ item: TemplateValue) -> Bool? {
    switch self {
    case .string(let text, _):
      guard case .string(let part, _) = item else { return nil }
      return part.isEmpty || CodePoints(text).index(of: CodePoints(part)) != nil
    case .dictionary, .view(.keys, _):
      // A list has no hash.
      guard item.isHashable else { return nil }
      return elements?.contains { $0.isEqual(to: item) }
    default: return elements?.contains { $0.isEqual(to: item) }
    }
  }

  private var isHashable: Bool {
    switch self {
    case .list, .dictionary: false
    case .view(let view, _): view == .values
    case .tuple(let elements): elements.allSatisfy(\.isHashable)
    case .namedTuple(_, let fields): fields.values.allSatisfy(\.isHashable)
    case .none, .bool, .integer, .bigInteger, .double, .string, .moment: true
    }
  }

  /// Python's `is`, for the values of which there is only one.
  fileprivate func isIdentical(to other: TemplateValue) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right && -5...256 ~= left
    default: false
    }
  }
}
