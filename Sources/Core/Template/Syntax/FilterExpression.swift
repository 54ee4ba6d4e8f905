/// A variable or constant and the filters behind it (`django/template/base.py FilterExpression`).
package struct FilterExpression: Sendable {
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
}

/// A dotted path, split once (`django/template/base.py Variable`).
package struct Variable: Sendable {
  package let text: String
  package let root: String
  /// What follows the root.
  package let path: [String]

  package init(_ text: String) throws(TemplateError.Reason) {
    guard !text.hasPrefix("_"), !text.utf8.isUnderscoredPath else {
      throw .underscoredVariable(text)
    }
    let names = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    self.text = text
    root = names.first ?? ""
    path = Array(names.dropFirst())
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
      self = .constant(.string(literal.replacingBytes(of: "%", with: "%%"), safe: true))
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
    return inner.replacingBytes(of: "\\" + mark, with: mark).replacingBytes(of: "\\\\", with: "\\")
  }

  /// What Python's `int` and `float` read; only a float has a point or an exponent.
  private static func number(_ text: String) -> TemplateValue? {
    let bytes = Array(text.utf8)
    let isFloat = bytes.contains { ".eE".utf8.contains($0) }
    let symbols = isFloat ? "+-.eE_0123456789" : "+-_0123456789"
    guard bytes.allSatisfy(symbols.utf8.contains), let digits = withoutUnderscores(text) else {
      return nil
    }
    guard isFloat else { return integer(digits) }
    return text.hasSuffix(".") ? nil : Double(digits).map { .double($0) }
  }

  /// Python allows one underscore between two digits.
  private static func withoutUnderscores(_ text: String) -> String? {
    guard text.contains("_") else { return text }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    for (left, right) in zip(parts, parts.dropFirst()) {
      guard left.last?.isWholeNumber == true, right.first?.isWholeNumber == true else { return nil }
    }
    return parts.joined()
  }

  private static func integer(_ text: String) -> TemplateValue? {
    if let integer = Int(text) { return .integer(integer) }
    let digits = text.drop { $0 == "-" || $0 == "+" }
    guard !digits.isEmpty, digits.utf8.count + 1 >= text.utf8.count,
      digits.allSatisfy(\.isWholeNumber)
    else { return nil }
    return .bigInteger((text.hasPrefix("-") ? "-" : "") + digits.drop { $0 == "0" })
  }
}
