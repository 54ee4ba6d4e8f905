/// `{% static "path" as name %}` and the prefixes (`django/templatetags/static.py`).
package struct StaticTag: Sendable {
  private enum Source: Sendable {
    case file(FilterExpression)
    case staticPrefix, mediaPrefix
  }

  private let source: Source
  private let name: String?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count >= 2 else { throw token.error(.staticArgumentCount(words[0])) }
    let path = try parser.expression(words[1], in: token)
    guard words[words.count - 2] == "as" else {
      return .static(StaticTag(source: .file(path), name: nil))
    }
    guard words.count > 3 else { throw token.error(.indexError) }
    return .static(StaticTag(source: .file(path), name: words[3]))
  }

  package static func parsePrefix(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = token.contents.words
    if words.count > 1, words[1] != "as" { throw token.error(.prefixAs(words[0])) }
    guard words.count != 2 else { throw token.error(.indexError) }
    let source = words[0] == "get_static_prefix" ? Source.staticPrefix : .mediaPrefix
    return .static(StaticTag(source: source, name: words.count > 2 ? words[2] : nil))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let settings = rendering.engine.settings
    let url: TemplateValue
    switch source {
    case .staticPrefix: url = .string(URLText.quotedIRI(settings.staticURL))
    case .mediaPrefix: url = .string(URLText.quotedIRI(settings.mediaURL))
    case .file(let path):
      let value = try rendering.resolve(path)
      do {
        let text = try Self.url(of: value, settings)
        url =
          rendering.filterContext.autoescape
          ? .string(text.htmlEscaped, safe: true) : .string(text)
      } catch {
        throw TemplateError(error, at: path.location)
      }
    }
    rendering.deliver(url, as: name)
  }

  private static func url(
    of value: TemplateValue, _ settings: Engine.Settings
  ) throws(TemplateError.Reason) -> String {
    guard case .string(let path, _) = value else { throw .notAPath(value.typeName) }
    let base = URLText.quotedIRI(settings.staticURL)
    guard let manifest = settings.staticManifest else {
      return URLText.joined(base, URLText.quoted(path, keeping: "/"))
    }
    // A query or a fragment is no part of the file's name.
    let end = path.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    let file = String(path[..<(end ?? path.endIndex)])
    guard let hashed = manifest[file] else { throw .missingManifestEntry(file) }
    let relative = String(hashed.unicodeScalars.drop { $0 == "/" })
    return URLText.joined(base, URLText.quoted(relative, keeping: "/~!*()'"))
      + path[(end ?? path.endIndex)...]
  }
}
