/// Finds the `<turbo-stream>` elements in a message's HTML, as a page would see them.
package enum StreamMarkup {
  /// A piece of a message: an element, or what stands between two.
  package struct Part {
    /// The element's attributes, in order; nil between elements.
    package let attributes: [(name: String, value: String)]?
    /// What is inside the element's `<template>`, or what stands between; nil where there is no template.
    package let content: Substring?

    package subscript(name: String) -> String? {
      attributes?.first { $0.name == name }?.value
    }
  }

  /// Each element's attributes; what stands inside a `<template>` belongs to its element, not to the
  /// message.
  package static func elements(in html: String) -> [[(name: String, value: String)]] {
    parts(of: html).compactMap(\.attributes)
  }

  /// The elements, and the text between them that is more than white space.
  package static func parts(of html: String) -> [Part] {
    var splitter = Splitter(html: html, textStart: html.startIndex)
    for token in HTMLTokenizer(html) { splitter.add(token) }
    splitter.closeElement()
    splitter.closeText(at: html.endIndex)
    return splitter.parts
  }

  private struct Splitter {
    let html: String
    var parts: [Part] = []
    var textStart: String.Index
    /// The element that is open.
    var attributes: [(name: String, value: String)]?
    var content: Substring?
    var contentStart: String.Index?
    var templateDepth = 0

    mutating func add(_ token: HTMLTokenizer.Token) {
      let (start, end) = (token.source.startIndex, token.source.endIndex)
      switch token.kind {
      case .startTag("template", _):
        if templateDepth == 0, content == nil { contentStart = end }
        templateDepth += 1
      case .endTag("template"):
        templateDepth = max(0, templateDepth - 1)
        if templateDepth == 0 { closeContent(at: start) }
      case .startTag("turbo-stream", let attributes) where templateDepth == 0:
        closeElement()
        closeText(at: start)
        self.attributes = attributes
        contentStart = nil
      case .endTag("turbo-stream") where templateDepth == 0 && attributes != nil:
        closeElement()
        textStart = end
      default: break
      }
    }

    mutating func closeContent(at end: String.Index) {
      guard let start = contentStart, attributes != nil else { return }
      content = html[start..<end]
      contentStart = nil
    }

    mutating func closeElement() {
      closeContent(at: html.endIndex)
      guard let attributes else { return }
      parts.append(Part(attributes: attributes, content: content))
      self.attributes = nil
      content = nil
      textStart = html.endIndex
    }

    mutating func closeText(at end: String.Index) {
      guard textStart < end, attributes == nil else { return }
      let text = html[textStart..<end]
      guard !text.allSatisfy(\.isWhitespace) else { return }
      parts.append(Part(attributes: nil, content: text))
    }
  }
}
