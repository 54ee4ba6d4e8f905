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

  /// The URL as `django.contrib.staticfiles` makes it (`staticfiles/storage.py`).
  private static func url(
    of value: TemplateValue, _ settings: Engine.Settings
  ) throws(TemplateError.Reason) -> String {
    let base = URLText.quotedIRI(settings.staticURL)
    guard let manifest = settings.staticManifest else {
      if case .none = value { return base }
      return joined(base, value.text)
    }
    guard case .string(let path, _) = value else { throw .notAPath(value.typeName) }
    let (name, fragment) = path.cut(at: "#")
    let isFolder = name.cut(at: "?").head.hasSuffix("/")
    var url = joined(base, isFolder ? path : try storedName(name, manifest))
    // For `url(font.eot?#iefix)`, where the query is empty.
    if CodePoints(path).index(of: CodePoints("?#")) != nil { url += "?" }
    if !fragment.isEmpty { url += "#" + fragment }
    return url.percentDecoded
  }

  /// The name with its hash, and its query (`ManifestFilesMixin.stored_name`).
  private static func storedName(
    _ name: String, _ manifest: [String: String]
  ) throws(TemplateError.Reason) -> String {
    let (path, query) = name.percentDecoded.cut(at: "?")
    guard let hashed = manifest[path.stripped] else { throw .missingManifestEntry(path.stripped) }
    return query.isEmpty ? hashed : hashed + "?" + query
  }

  private static func joined(_ base: String, _ path: String) -> String {
    let quoted = path.replacing("\\", by: "/").percentEncoded(keeping: "/~!*()'")
    return URLText.joined(base, String(quoted.unicodeScalars.drop { $0 == "/" }))
  }
}

extension String {
  /// What is before the first `mark`, and what is behind it.
  fileprivate func cut(at mark: String) -> (head: String, tail: String) {
    let parts = parts(separatedBy: mark)
    return (parts[0], parts.dropFirst().joined(separator: mark))
  }
}
