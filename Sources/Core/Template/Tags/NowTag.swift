/// `{% now "jS F Y H:i" as name %}`: the time of the rendering.
package struct NowTag: Sendable {
  private let format: String
  private let name: String?
  private let location: TemplateError.Location

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    var words = try token.words[...]
    let name = words.count == 4 ? words.takeName() : nil
    guard words.count == 2 else { throw token.error(.nowArgumentCount) }
    let format = String(words[1].unicodeScalars.dropFirst().dropLast())
    return .now(NowTag(format: format, name: name, location: token.location))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let context = rendering.filterContext
    let now = DateTime(microseconds: context.now(), in: context.zone)
    do {
      let text = try Library.date(.moment(.dateTime(now)), .string(format), context)
      rendering.deliver(text, as: name)
    } catch {
      throw TemplateError(error, at: location)
    }
  }
}
