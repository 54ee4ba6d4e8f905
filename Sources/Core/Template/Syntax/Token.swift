/// A piece of a template: text, or one tag without its braces (`django/template/base.py Token`).
package struct Token: Sendable {
  package enum Kind: Sendable {
    case text, variable, block, comment
  }

  package let kind: Kind
  /// Stripped of white space, but for text.
  package let contents: String
  package let location: TemplateError.Location
  /// From 1.
  package let line: Int

  /// The words of the tag, quoted phrases kept together (`Token.split_contents`).
  package var words: [String] {
    get throws(TemplateError) {
      do {
        return try SmartSplit.words(contents)
      } catch {
        throw self.error(error)
      }
    }
  }

  /// The name of the tag.
  package var name: String {
    contents.words.first ?? ""
  }

  package func error(_ reason: TemplateError.Reason) -> TemplateError {
    TemplateError(reason, at: location)
  }
}
