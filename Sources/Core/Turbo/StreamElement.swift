/// One `<turbo-stream>` element: what Turbo acts on when it arrives at a page.
package struct StreamElement: Equatable, Sendable {
  /// Which elements of the page an action acts on.
  package enum Target: Equatable, Sendable {
    case id(String)
    /// A CSS selector: the `targets` attribute.
    case selector(String)
  }

  package var action: String
  package var target: Target?
  /// Further attributes, in order.
  package var attributes: [(name: String, value: String)]
  /// The HTML inside `<template>`; nil makes an element without one.
  package var content: String?

  package init(
    action: String, target: Target? = nil, attributes: [(name: String, value: String)] = [],
    content: String? = nil
  ) {
    self.action = action
    self.target = target
    self.attributes = attributes
    self.content = content
  }

  /// The element's text; attribute values are escaped, the content is not
  /// (`turbo_response/renderers.py`, `turbo_helper/stream.py`).
  package var html: String {
    var html = ""
    html.reserveCapacity(128 + (content?.utf8.count ?? 0))
    html += "<turbo-stream action=\""
    html += action.htmlEscaped
    switch target {
    case .id(let id):
      html += "\" target=\""
      html += id.htmlEscaped
    case .selector(let selector):
      html += "\" targets=\""
      html += selector.htmlEscaped
    case nil: break
    }
    for (name, value) in attributes { html += "\" \(name)=\"\(value.htmlEscaped)" }
    guard let content else { return html + "\"></turbo-stream>" }
    html += "\"><template>"
    html += content
    html += "</template></turbo-stream>"
    return html
  }

  package static func == (left: StreamElement, right: StreamElement) -> Bool {
    left.html == right.html
  }
}
