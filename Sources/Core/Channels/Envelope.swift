/// What is wrapped around the HTML on its way to a consumer.
package enum Envelope: Equatable, Sendable {
  package enum Fault: Error, Equatable, Sendable {
    case unknown
    case json(JSONError)
    case notAnObject
    /// Nowhere in it would the HTML stand.
    case noPlace
  }

  /// `{"type": "html_message", "html": H}`: the article's consumer.
  case html
  /// `{"type": "action_cable_message", "group": G, "message": H}`: django-actioncable's consumer.
  case actioncable
  /// A message in whose strings `{html}` and `{group}` are replaced.
  case custom(Object)

  package init(_ text: String) throws(Fault) {
    switch text {
    case "html": self = .html
    case "actioncable": self = .actioncable
    default:
      guard text.utf8.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "{") else {
        throw .unknown
      }
      let value: Value
      do { value = try JSONReader.read(Array(text.utf8)) } catch { throw .json(error) }
      guard let object = value.object else { throw .notAnObject }
      guard Self.fill(value, html: "1", group: "") != Self.fill(value, html: "2", group: "") else {
        throw .noPlace
      }
      self = .custom(object)
    }
  }

  /// The pattern by which `--chat` finds a group where none is configured.
  package var chatGroup: String {
    self == .actioncable ? "chat_{id}" : "turbo_stream.chat_{id}"
  }

  package func message(html: String, group: GroupName) throws(Message.Fault) -> Message {
    try Message(.object(wrap(html: html, group: group.text)))
  }

  /// The HTML that such a message carries; nil for a message of another shape.
  package func html(in message: Object) -> String? {
    switch self {
    case .html: message["html"]?.string
    case .actioncable: message["message"]?.string
    case .custom(let template): Self.find(in: .object(template), .object(message))
    }
  }

  private func wrap(html: String, group: String) -> Object {
    switch self {
    case .html:
      Object(distinct: [("type", .string("html_message")), ("html", .string(html))])
    case .actioncable:
      Object(distinct: [
        ("type", .string("action_cable_message")), ("group", .string(group)),
        ("message", .string(html)),
      ])
    case .custom(let template):
      Object(template.members.map { ($0.key, Self.fill($0.value, html: html, group: group)) })
    }
  }
}

extension Envelope {
  private static let htmlPlace = "{html}"

  private static func fill(_ value: Value, html: String, group: String) -> Value {
    switch value {
    case .string(let text): .string(text.filling([(htmlPlace, html), ("{group}", group)]))
    case .array(let values): .array(values.map { fill($0, html: html, group: group) })
    case .object(let object):
      .object(Object(object.members.map { ($0.key, fill($0.value, html: html, group: group)) }))
    default: value
    }
  }

  /// The string of `message` that stands where `template` has `{html}` and nothing else.
  private static func find(in template: Value, _ message: Value) -> String? {
    switch (template, message) {
    case (.string(htmlPlace), .string(let text)): return text
    case (.array(let places), .array(let values)):
      return zip(places, values).lazy.compactMap { find(in: $0, $1) }.first
    case (.object(let places), .object(let values)):
      return places.members.lazy.compactMap { member in
        values[member.key].flatMap { find(in: member.value, $0) }
      }.first
    default: return nil
    }
  }
}
