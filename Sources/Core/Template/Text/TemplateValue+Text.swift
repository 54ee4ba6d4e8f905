extension TemplateValue {
  /// Python's `str(value)`.
  package var text: String {
    switch self {
    case .none: "None"
    case .bool(let bool): bool ? "True" : "False"
    case .integer(let integer): String(integer)
    case .bigInteger(let literal): literal
    case .double(let double): double.description
    case .string(let text, _): text
    case .moment, .list, .tuple, .dictionary, .view, .namedTuple: repr
    }
  }

  /// Python's `repr(value)`.
  package var repr: String { "" }

  /// The text of the value where a template prints it, before escaping (`django/utils/formats.py localize`).
  package func localizedText(_ context: FilterContext) -> String { text }

  /// What a method of `str` that needs no argument gives, `{{ name.upper }}`; nil where there is none.
  package static func method(_ name: String, of text: String) -> TemplateValue? { nil }

  /// An attribute of a number, `{{ n.real }}`; nil where there is none.
  package func numberAttribute(_ name: String) -> TemplateValue? { nil }
}
