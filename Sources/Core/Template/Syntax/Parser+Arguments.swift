extension Parser {
  /// Reads `name=value …` off the front of `words`; with `legacy` also `value as name and …`
  /// (`token_kwargs`).
  package func assignments(
    _ words: inout ArraySlice<String>, in token: Token, legacy: Bool = false
  ) throws(TemplateError) -> [Assignment] {
    var assignments: [Assignment] = []
    func add(_ name: String, _ value: String) throws(TemplateError) {
      let expression = try expression(value, in: token)
      if let place = assignments.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
        assignments[place].value = expression
      } else {
        assignments.append(Assignment(name: name, value: expression))
      }
    }
    if words.first.flatMap(Self.keyword) != nil {
      while let (name, value) = words.first.flatMap(Self.keyword) {
        words.removeFirst()
        try add(name, value)
      }
    } else if legacy {
      while words.count >= 3, words[words.startIndex + 1] == "as" {
        let (value, name) = (words[words.startIndex], words[words.startIndex + 2])
        words.removeFirst(3)
        try add(name, value)
        guard words.first == "and" else { break }
        words.removeFirst()
      }
    }
    return assignments
  }

  /// The halves of `name=value`; nil where it has no such form (`kwarg_re`).
  package static func keyword(_ word: String) -> (name: String, value: String)? {
    let scalars = word.unicodeScalars
    guard let equals = scalars.firstIndex(where: { !$0.isWord }), scalars[equals] == "=",
      equals > scalars.startIndex, scalars.index(after: equals) < scalars.endIndex
    else { return nil }
    return (String(scalars[..<equals]), String(scalars[scalars.index(after: equals)...]))
  }
}

/// One `name=value` of a tag.
package struct Assignment: Sendable {
  package let name: String
  package var value: FilterExpression
}
