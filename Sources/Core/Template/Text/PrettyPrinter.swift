/// Writes nested values over several lines of at most 80 columns where they can be broken
/// (`pprint.py`).
struct PrettyPrinter {
  private static let width = 80

  private var output = ""

  static func text(_ value: TemplateValue) -> String {
    var printer = PrettyPrinter()
    printer.write(value, indent: 0, allowance: 0, level: 0)
    return printer.output
  }

  /// Writes a value at a column; `allowance` columns are kept for what closes the values around it.
  private mutating func write(_ value: TemplateValue, indent: Int, allowance: Int, level: Int) {
    let repr = value.sortedRepr
    guard repr.length > Self.width - indent - allowance else {
      output += repr
      return
    }
    switch value {
    case .list(let elements):
      write(elements, "[", "]", indent: indent, allowance: allowance, level: level)
    case .tuple(let elements):
      let end = elements.count == 1 ? ",)" : ")"
      write(elements, "(", end, indent: indent, allowance: allowance, level: level)
    case .dictionary(let mapping):
      write(mapping, indent: indent, allowance: allowance, level: level)
    case .string(let text, _) where !text.isEmpty:
      write(CodePoints(text), indent: indent, allowance: allowance, isOutermost: level == 0)
    case .none, .bool, .integer, .bigInteger, .double, .string, .moment, .view, .namedTuple:
      output += repr
    }
  }

  private mutating func write(
    _ elements: [TemplateValue], _ start: String, _ end: String, indent: Int, allowance: Int,
    level: Int
  ) {
    output += start
    for (index, element) in elements.enumerated() {
      if index > 0 { breakLine(indent + 1, after: ",") }
      let isLast = index == elements.count - 1
      write(
        element, indent: indent + 1, allowance: isLast ? allowance + end.utf8.count : 1,
        level: level + 1)
    }
    output += end
  }

  private mutating func write(_ mapping: Mapping, indent: Int, allowance: Int, level: Int) {
    output += "{"
    let members = mapping.sortedMembers
    for (index, member) in members.enumerated() {
      if index > 0 { breakLine(indent + 1, after: ",") }
      let key = member.key.pythonRepr
      output += key + ": "
      write(
        member.value, indent: indent + key.length + 3,
        allowance: index == members.count - 1 ? allowance + 1 : 1, level: level + 1)
    }
    output += "}"
  }

  private mutating func breakLine(_ indent: Int, after end: String = "") {
    output += end + "\n" + String(repeating: " ", count: indent)
  }
}

// MARK: Text

extension PrettyPrinter {
  /// Writes text as literals that Python joins; the outermost is put in parentheses.
  private mutating func write(
    _ text: CodePoints, indent: Int, allowance: Int, isOutermost: Bool
  ) {
    let indent = isOutermost ? indent + 1 : indent
    let allowance = isOutermost ? allowance + 1 : allowance
    let literals = Self.literals(text, width: Self.width - indent, allowance: allowance)
    guard literals.count > 1 else {
      output += String(text).pythonRepr
      return
    }
    if isOutermost { output += "(" }
    for (index, literal) in literals.enumerated() {
      if index > 0 { breakLine(indent) }
      output += literal
    }
    if isOutermost { output += ")" }
  }

  /// The text's lines, and the words of those that are too long, as literals that fit the width.
  private static func literals(_ text: CodePoints, width: Int, allowance: Int) -> [String] {
    var literals: [String] = []
    for range in text.lineRanges {
      let isLastLine = range.upperBound == text.count
      let line = text[range.lowerBound..<range.upperBound]
      let literal = String(line).pythonRepr
      if literal.length <= (isLastLine ? width - allowance : width) {
        literals.append(literal)
      } else {
        literals += broken(
          Array(line), width: width, lastWidth: isLastLine ? width - allowance : width)
      }
    }
    return literals
  }

  private static func broken(_ line: CodePoints, width: Int, lastWidth: Int) -> [String] {
    var literals: [String] = []
    var current = CodePoints()
    let words = line.wordsWithSpace
    for (index, word) in words.enumerated() {
      let isLast = index == words.count - 1
      if String(current + word).pythonRepr.length > (isLast ? lastWidth : width) {
        if !current.isEmpty { literals.append(String(current).pythonRepr) }
        current = word
      } else {
        current += word
      }
    }
    if !current.isEmpty { literals.append(String(current).pythonRepr) }
    return literals
  }
}

extension [Unicode.Scalar] {
  /// Each word with the white space behind it; white space at the start is one by itself.
  fileprivate var wordsWithSpace: [CodePoints] {
    var words: [CodePoints] = []
    var wasSpace = false
    for point in self {
      if words.isEmpty || wasSpace && !point.isWhiteSpace { words.append([]) }
      words[words.count - 1].append(point)
      wasSpace = point.isWhiteSpace
    }
    return words
  }
}

extension Mapping {
  /// In the order of the keys' code points.
  fileprivate var sortedMembers: [(key: String, value: TemplateValue)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

extension TemplateValue {
  /// The `repr` with the keys of every dictionary sorted.
  fileprivate var sortedRepr: String {
    switch self {
    case .list(let elements): "[\(elements.map(\.sortedRepr).joined(separator: ", "))]"
    case .tuple(let elements) where elements.count == 1: "(\(elements[0].sortedRepr),)"
    case .tuple(let elements): "(\(elements.map(\.sortedRepr).joined(separator: ", ")))"
    case .dictionary(let mapping):
      "{\(mapping.sortedMembers.map { "\($0.key.pythonRepr): \($0.value.sortedRepr)" }.joined(separator: ", "))}"
    default: repr
    }
  }
}
