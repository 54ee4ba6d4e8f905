/// `{% lorem 3 p random %}`: text to fill a page with.
package struct LoremTag: Sendable {
  private enum Method: String, Sendable {
    case words = "w"
    case paragraphs = "p"
    case plain = "b"
  }

  private let count: FilterExpression
  private let method: Method
  private let isRandom: Bool

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var words = try token.words
    let tag = words[0]
    let isRandom = words.last == "random"
    if isRandom { words.removeLast() }
    let method = words.last.flatMap(Method.init)
    if method != nil { words.removeLast() }
    let count = words.count > 1 ? words.removeLast() : "1"
    let expression = try parser.expression(count, in: token)
    guard words.count == 1 else { throw token.error(.loremFormat(tag)) }
    return .lorem(LoremTag(count: expression, method: method ?? .plain, isRandom: isRandom))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let value = try rendering.resolve(count)
    let count = (try? value.clampedInteger()) ?? 1
    // More would not fit into an output.
    guard count <= Rendering.outputLimit / 2 else {
      throw TemplateError(.outputTooLarge(limit: Rendering.outputLimit), at: self.count.location)
    }
    switch method {
    case .words: rendering.write(words(count).joined(separator: " "))
    case .plain: rendering.write(paragraphs(count).joined(separator: "\n\n"))
    case .paragraphs:
      rendering.write(paragraphs(count).map { "<p>\($0)</p>" }.joined(separator: "\n\n"))
    }
  }

  private func words(_ count: Int) -> [String] {
    var words = isRandom ? [] : LoremWords.common
    // A negative count leaves words off the end, as a slice of Python's does.
    guard count > words.count else {
      return Array(count < 0 ? words.dropLast(-count) : words.prefix(count))
    }
    while words.count < count {
      words += LoremWords.all.shuffled().prefix(count - words.count)
    }
    return words
  }

  private func paragraphs(_ count: Int) -> [String] {
    (0..<max(count, 0)).map { $0 == 0 && !isRandom ? LoremWords.paragraph : Self.paragraph() }
  }

  private static func paragraph() -> String {
    (0..<Int.random(in: 1...4)).map { _ in sentence() }.joined(separator: " ")
  }

  private static func sentence() -> String {
    let sections = (0..<Int.random(in: 1...5)).map { _ in
      LoremWords.all.shuffled().prefix(Int.random(in: 3...12)).joined(separator: " ")
    }
    let text = sections.joined(separator: ", ")
    return text.prefix(1).uppercased() + text.dropFirst() + (Bool.random() ? "?" : ".")
  }
}
