/// `{% load library … %}` and `{% load name … from library %}`.
package enum LoadTag {
  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    do {
      if words.count >= 4, words[words.count - 2] == "from" {
        let label = words[words.count - 1]
        let names = Array(words[1..<words.count - 2])
        parser.library.add(try Library.shipped(label).part(names, of: label))
      } else {
        for label in words.dropFirst() { parser.library.add(try Library.shipped(label)) }
      }
    } catch {
      throw token.error(error)
    }
    return .nothing
  }
}
