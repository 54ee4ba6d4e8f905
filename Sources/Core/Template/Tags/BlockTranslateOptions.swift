/// The options of `blocktranslate`.
struct BlockTranslateOptions: Sendable {
  private(set) var assignments: [Assignment] = []
  private(set) var count: Assignment?
  private(set) var context: FilterExpression?
  private(set) var isTrimmed = false
  /// The variable that takes the text.
  private(set) var name: String?

  init(_ token: Token, _ parser: Parser) throws(TemplateError) {
    var words = try token.words[...]
    let tag = words.removeFirst()
    var seen: Set<String> = []
    while let option = words.popFirst() {
      guard seen.insert(option).inserted else { throw token.error(.repeatedOption(option)) }
      switch option {
      case "with":
        assignments = try parser.assignments(&words, in: token, legacy: true)
        guard !assignments.isEmpty else { throw token.error(.withoutKeyword("with", tag)) }
      case "count":
        let counts = try parser.assignments(&words, in: token, legacy: true)
        guard counts.count == 1 else { throw token.error(.countWithoutKeyword(tag)) }
        count = counts[0]
      case "context":
        guard let word = words.popFirst(), let value = try? parser.expression(word, in: token)
        else { throw token.error(.contextArgument(tag)) }
        context = value
      case "trimmed": isTrimmed = true
      case "asvar":
        guard let value = words.popFirst() else {
          throw token.error(.noOptionArgument(tag, "asvar"))
        }
        name = value
      default: throw token.error(.unknownArgument(tag, option))
      }
    }
  }
}
