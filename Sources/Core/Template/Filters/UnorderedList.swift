/// Writes a list that holds lists as nested `<li>` (`unordered_list`).
struct UnorderedList {
  let autoescape: Bool

  /// The items of one level, without `<ul>` around them; a list belongs to the item before it.
  func items(of value: TemplateValue, indent: String) throws(TemplateError.Reason) -> String {
    guard let elements = value.elements else {
      throw .typeError("'\(value.typeName)' object is not iterable")
    }
    var items: [String] = []
    var rest = elements[...]
    while let element = rest.popFirst() {
      var children = ""
      if let list = rest.first, list.isListOrTuple {
        rest.removeFirst()
        children = try sublist(list, indent: indent)
      }
      let text = autoescape ? element.conditionallyEscaped : element.text
      items.append("\(indent)<li>\(text)\(children)</li>")
    }
    return items.joined(separator: "\n")
  }

  private func sublist(
    _ list: TemplateValue, indent: String
  ) throws(TemplateError.Reason) -> String {
    guard list.isTrue else { return "" }
    let items = try items(of: list, indent: indent + "\t")
    return "\n\(indent)<ul>\n\(items)\n\(indent)</ul>\n\(indent)"
  }
}

extension TemplateValue {
  fileprivate var isListOrTuple: Bool {
    switch self {
    case .list, .tuple, .namedTuple: true
    default: false
    }
  }
}
