/// What a template names that has to be elsewhere, as far as it is a constant.
struct Reference {
  enum Target {
    /// `isRelative`: the name was so in the tag.
    case template(String, isRelative: Bool, isParent: Bool)
    case url(String)
  }

  let target: Target
  let location: TemplateError.Location
}

extension FilterExpression {
  /// The text that it is, whatever the context.
  var constant: String? {
    guard case .constant(.string(let text, _)) = operand, calls.isEmpty else { return nil }
    return text
  }
}
