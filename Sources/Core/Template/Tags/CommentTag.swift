/// `{% comment %}`: everything up to `{% endcomment %}` is skipped unread.
package enum CommentTag {
  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    try parser.skip(past: "endcomment")
    return .nothing
  }
}
