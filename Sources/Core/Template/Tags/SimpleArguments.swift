/// The arguments of a tag that Django makes from a function (`django/template/library.py parse_bits`).
struct SimpleArguments: Sendable {
  let positional: [FilterExpression]
  let keywords: [Assignment]
  /// What follows `as`.
  let name: String?

  /// - Parameters:
  ///   - parameters: Their names in order.
  ///   - required: How many of them need a value.
  ///   - takesAny: Whether keywords of any other name are taken too.
  init(
    _ token: Token, _ parser: Parser, parameters: [String], required: Int, takesAny: Bool = false
  ) throws(TemplateError) {
    var words = try token.words[...]
    let tag = words.removeFirst()
    name = words.takeName()
    var positional: [FilterExpression] = []
    var keywords: [Assignment] = []
    for word in words {
      if let (name, value) = Parser.keyword(word) {
        let expression = try parser.expression(value, in: token)
        guard takesAny || parameters.contains(name) else {
          throw token.error(.unexpectedKeyword(tag, name))
        }
        guard !keywords.contains(where: { $0.name.hasSameBytes(as: name) }) else {
          throw token.error(.repeatedKeyword(tag, name))
        }
        keywords.append(Assignment(name: name, value: expression))
      } else {
        guard keywords.isEmpty else { throw token.error(.positionalAfterKeyword(tag)) }
        positional.append(try parser.expression(word, in: token))
        guard positional.count <= parameters.count else {
          throw token.error(.tooManyArguments(tag))
        }
      }
    }
    let missing = parameters[..<required].dropFirst(positional.count)
      .filter { parameter in !keywords.contains { $0.name == parameter } }
    guard missing.isEmpty else { throw token.error(.missingArguments(tag, missing)) }
    // Python itself refuses a parameter that is given twice.
    for keyword in keywords where parameters.prefix(positional.count).contains(keyword.name) {
      throw token.error(.repeatedArgument(tag, keyword.name))
    }
    self.positional = positional
    self.keywords = keywords
  }

  /// The expression for a parameter.
  func value(of parameter: String, at index: Int) -> FilterExpression? {
    index < positional.count
      ? positional[index] : keywords.first { $0.name.hasSameBytes(as: parameter) }?.value
  }
}
