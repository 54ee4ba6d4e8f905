/// `{% templatetag openblock %}`: the braces of the language itself.
package enum TemplateTagTag {
  private static let texts = [
    ("openblock", "{%"), ("closeblock", "%}"), ("openvariable", "{{"), ("closevariable", "}}"),
    ("openbrace", "{"), ("closebrace", "}"), ("opencomment", "{#"), ("closecomment", "#}"),
  ]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    guard words.count == 2 else { throw token.error(.templateTagArgumentCount) }
    guard let (_, text) = texts.first(where: { $0.0 == words[1] }) else {
      throw token.error(.templateTagArgument(words[1], known: texts.map(\.0)))
    }
    return .text(Array(text.utf8))
  }
}
