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
    var html = "<turbo-stream"
    html.reserveCapacity(128 + (content?.utf8.count ?? 0))
    func append(_ name: String, _ value: String) {
      html += " "
      html += name
      html += "=\""
      html += value.htmlEscaped
      html += "\""
    }
    append("action", action)
    switch target {
    case .id(let id): append("target", id)
    case .selector(let selector): append("targets", selector)
    case nil: break
    }
    for (name, value) in attributes { append(name, value) }
    html += ">"
    if let content {
      html += "<template>"
      html += content
      html += "</template>"
    }
    html += "</turbo-stream>"
    return html
  }

  package static func == (left: StreamElement, right: StreamElement) -> Bool {
    left.html == right.html
  }
}
