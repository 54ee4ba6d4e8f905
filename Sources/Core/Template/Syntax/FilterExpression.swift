/// A variable or constant and the filters behind it (`django/template/base.py FilterExpression`).
package final class FilterExpression: Sendable {
  package enum Operand: Sendable {
    case constant(TemplateValue)
    case variable(Variable)
  }

  package struct Call: Sendable {
    package let filter: Filter
    package let argument: Operand?
  }

  /// As it stands in the template.
  package let text: String
  package let operand: Operand
  package let calls: [Call]
  /// Of the tag that it is part of.
  package let location: TemplateError.Location

  package init(
    text: String, operand: Operand, calls: [Call], location: TemplateError.Location
  ) {
    (self.text, self.operand, self.calls) = (text, operand, calls)
    self.location = location
  }
}

/// A dotted path, split once (`django/template/base.py Variable`).
package final class Variable: Sendable {
  package let text: String
  /// The parts of the path; the first is what a scope binds.
  package let names: [String]

  package init(_ text: String) throws(TemplateError.Reason) {
    guard !text.hasPrefix("_"), !text.utf8.isUnderscoredPath else {
      throw .underscoredVariable(text)
    }
    self.text = text
    names = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }
}

extension String.UTF8View {
  fileprivate var isUnderscoredPath: Bool {
    zip(self, dropFirst()).contains { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: "_") }
  }
}

extension FilterExpression.Operand {
  /// A number, a string literal, or a variable (`Variable.__init__`).
  package init(_ text: String) throws(TemplateError.Reason) {
    if let number = Self.number(text) {
      self = .constant(number)
    } else if text.hasPrefix("_("), text.hasSuffix(")"),
      let literal = Self.literal(text.dropFirst(2).dropLast())
    {
      // In the source language a translation is the text itself, its percent signs doubled.
      self = .constant(.string(literal.replacing("%", by: "%%"), safe: true))
    } else if let literal = Self.literal(text[...]) {
      self = .constant(.string(literal, safe: true))
    } else {
      self = .variable(try Variable(text))
    }
  }

  /// What a quoted text means; nil where it is not quoted (`unescape_string_literal`).
  private static func literal(_ text: Substring) -> String? {
    guard let quote = text.utf8.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      text.utf8.last == quote, text.utf8.count > 1
    else { return nil }
    let inner = String(decoding: text.utf8.dropFirst().dropLast(), as: UTF8.self)
    guard inner.utf8.contains(UInt8(ascii: "\\")) else { return inner }
    let mark = String(Unicode.Scalar(quote))
    return inner.replacing("\\" + mark, by: mark).replacing("\\\\", by: "\\")
  }

  /// A number as Python reads it; only a float has a point or an exponent.
  private static func number(_ text: String) -> TemplateValue? {
    guard text.utf8.contains(where: ".eE".utf8.contains) else {
      return BigInteger(pythonLiteral: text).map { TemplateValue($0) }
    }
    return text.hasSuffix(".") ? nil : Double(pythonLiteral: text).map { .double($0) }
  }
}
