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
    let frame = frame
    return content.map(frame.html) ?? frame.empty
  }

  /// What stands around the content, whatever it is.
  package var frame: Frame {
    var html = "<turbo-stream action=\""
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
    return Frame(opening: html + "\">", takesContent: takesContent)
  }

  /// An element without its content.
  package struct Frame: Sendable {
    fileprivate let opening: String
    package let takesContent: Bool

    /// By its bytes: `+=` of strings takes three times as long.
    package func html(_ content: String) -> String {
      let (start, end) = ("<template>", "</template></turbo-stream>")
      var html: [UInt8] = []
      html.reserveCapacity(
        opening.utf8.count + start.utf8.count + content.utf8.count + end.utf8.count)
      html.append(utf8Of: opening)
      html.append(utf8Of: start)
      html.append(utf8Of: content)
      html.append(utf8Of: end)
      return String(decoding: html, as: UTF8.self)
    }

    /// For an action that takes no content.
    package var empty: String { opening + "</turbo-stream>" }
  }

  package static func == (left: StreamElement, right: StreamElement) -> Bool {
    left.html == right.html
  }
}
