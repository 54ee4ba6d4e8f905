/// `{% cache 500 name key %}`: its body; nothing is kept between runs.
package struct CacheTag: Sendable {
  private let timeout: FilterExpression
  private let keys: [FilterExpression]
  private let cache: FilterExpression?
  private let body: [Node]

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let body = try parser.body(until: "endcache").nodes
    var words = try token.words[...]
    guard words.count >= 3 else { throw token.error(.cacheArgumentCount(words[0])) }
    var cache: FilterExpression?
    if words.count > 3, let last = words.last, last.utf8.starts(with: "using=".utf8) {
      cache = try parser.expression(String(last.unicodeScalars.dropFirst(6)), in: token)
      words.removeLast()
    }
    let timeout = try parser.expression(words[1], in: token)
    let keys = try words.dropFirst(3).map { (word) throws(TemplateError) in
      try parser.expression(word, in: token)
    }
    return .cache(CacheTag(timeout: timeout, keys: keys, cache: cache, body: body))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let value = try rendering.resolve(timeout)
    if case .none = value {
    } else if (try? value.integer()) == nil {
      throw TemplateError(.cacheTimeout(value.repr), at: timeout.location)
    }
    if let cache {
      let name = try rendering.resolve(cache)
      guard name.text == "default" else {
        throw TemplateError(.unknownCache(name.repr), at: cache.location)
      }
    }
    for key in keys { _ = try rendering.resolve(key) }
    try rendering.render(body)
  }
}
