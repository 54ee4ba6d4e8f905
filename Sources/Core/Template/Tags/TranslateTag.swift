/// `{% translate "text" noop context "c" as name %}`; in the source language the text itself.
package struct TranslateTag: Sendable {
  private let message: FilterExpression
  private let isNoop: Bool
  private let context: FilterExpression?
  private let name: String?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var words = try token.words[...]
    let tag = words.removeFirst()
    guard let first = words.popFirst() else { throw token.error(.takesArgument(tag)) }
    let message = try parser.expression(first, in: token)
    var seen: Set<String> = []
    var context: FilterExpression?
    var name: String?
    while let option = words.popFirst() {
      guard seen.insert(option).inserted else {
        throw token.error(.repeatedTranslateOption(option))
      }
      switch option {
      case "noop": break
      case "context":
        guard let value = words.popFirst() else {
          throw token.error(.noOptionArgument(tag, "context"))
        }
        guard value != "as", value != "noop" else {
          throw token.error(.invalidContext(tag, value))
        }
        context = try parser.expression(value, in: token)
      case "as":
        guard let value = words.popFirst() else { throw token.error(.noOptionArgument(tag, "as")) }
        name = value
      default: throw token.error(.unknownTranslateOption(tag, option))
      }
    }
    return .translate(
      TranslateTag(
        message: message.asMessage, isNoop: seen.contains("noop"), context: context, name: name))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    if let context { _ = try rendering.resolve(context) }
    let value = try rendering.resolve(message, translating: !isNoop)
    let printed = rendering.printed(value)
    // Percent signs are doubled in messages.
    let text = printed.text.replacing("%%", by: "%")
    rendering.deliver(.string(text, safe: printed.isSafe), as: name)
  }
}

extension FilterExpression {
  /// The expression with a literal as Django reads it once more for translation.
  fileprivate var asMessage: FilterExpression {
    guard case .constant(.string(let text, _)) = operand, !self.text.utf8.starts(with: "_".utf8)
    else { return self }
    let message = text.replacing("\\'", by: "'").replacing("\\\\", by: "\\")
    return FilterExpression(
      text: self.text, operand: .constant(.string(message, safe: true)), calls: calls,
      location: location)
  }
}

extension Rendering {
  /// The value of an expression of which the operand is a message.
  fileprivate mutating func resolve(
    _ expression: FilterExpression, translating: Bool
  ) throws(TemplateError) -> TemplateValue {
    guard translating, !expression.text.utf8.starts(with: "_(".utf8) else {
      return try resolve(expression)
    }
    let bare = FilterExpression(
      text: expression.text, operand: expression.operand, calls: [], location: expression.location)
    if case .variable(let variable) = expression.operand,
      try lookup(variable, at: expression.location) == nil
    {
      return try resolve(expression)
    }
    let value = try resolve(bare)
    guard case .string(let text, let isSafe) = value else {
      throw TemplateError(.noMessage(value.typeName), at: expression.location)
    }
    let message = text.replacing("%", by: "%%").withUnixNewlines
    return try resolve(
      FilterExpression(
        text: expression.text, operand: .constant(.string(message, safe: isSafe)),
        calls: expression.calls, location: expression.location))
  }
}
