/// Reads a condition by the binding power of its operators (`django/template/smartif.py IfParser`).
package struct ConditionParser {
  private enum Element {
    case operand(FilterExpression)
    case not
    case infix(InfixOperator)

    var text: String {
      switch self {
      case .operand(let expression): expression.text
      case .not: "not"
      case .infix(let infix): infix.rawValue
      }
    }

    /// Of `not` too: only so is it found where an infix operator is due.
    var bindingPower: Int {
      switch self {
      case .operand: 0
      case .not: ConditionParser.notBindingPower
      case .infix(let infix): infix.bindingPower
      }
    }
  }

  private static let notBindingPower = 8
  /// Deeper nesting than Python's own stack allows.
  private static let depthLimit = 200

  private let token: Token
  private var elements: ArraySlice<Element> = []

  package static func parse(
    _ words: some Collection<String>, in token: Token, _ parser: Parser
  ) throws(TemplateError) -> Condition {
    var reader = ConditionParser(token: token)
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      reader.elements.append(try Self.element(word, before: &rest, in: token, parser))
    }
    let condition = try reader.expression(bindingPower: 0, depth: 0)
    if let unused = reader.elements.first { throw token.error(.unusedOperand(unused.text)) }
    return condition
  }

  private static func element(
    _ word: String, before rest: inout ArraySlice<String>, in token: Token, _ parser: Parser
  ) throws(TemplateError) -> Element {
    switch (word, rest.first) {
    case ("is", "not"):
      rest.removeFirst()
      return .infix(.isNot)
    case ("not", "in"):
      rest.removeFirst()
      return .infix(.notIn)
    case ("not", _): return .not
    default:
      if let infix = InfixOperator(rawValue: word) { return .infix(infix) }
      return .operand(try parser.expression(word, in: token))
    }
  }

  private init(token: Token) {
    self.token = token
  }

  private mutating func expression(
    bindingPower: Int, depth: Int
  ) throws(TemplateError) -> Condition {
    guard depth < Self.depthLimit else { throw token.error(.nestedTooDeeply) }
    var left = try prefix(depth: depth)
    while let next = elements.first, bindingPower < next.bindingPower {
      elements.removeFirst()
      guard case .infix(let infix) = next else { throw token.error(.notInfix(next.text)) }
      let right = try expression(bindingPower: infix.bindingPower, depth: depth + 1)
      left = .infix(infix, left, right)
    }
    return left
  }

  private mutating func prefix(depth: Int) throws(TemplateError) -> Condition {
    switch elements.popFirst() {
    case .operand(let operand)?: return .value(operand)
    case .not?:
      return .not(try expression(bindingPower: Self.notBindingPower, depth: depth + 1))
    case .infix(let infix)?: throw token.error(.notPrefix(infix.rawValue))
    case nil: throw token.error(.endOfCondition)
    }
  }
}
