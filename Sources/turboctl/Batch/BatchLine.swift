import Core

/// A line of a batch: a message, or what a message is made of (`tail --json` prints such lines too).
struct BatchLine {
  /// The group, by its name or by the id of a chat; nil: those of the command line.
  enum Recipient {
    case group(String)
    case chat(String)
  }

  private(set) var recipient: Recipient?
  /// A channel-layer message as it is; it wins over everything that makes HTML.
  private(set) var message: Value?
  private(set) var action: String?
  private(set) var target: String?
  private(set) var targets: String?
  private(set) var attributes: [(name: String, value: String)]?
  private(set) var source: ContentOptions.Source?
  private(set) var context: Object = [:]
  private(set) var once: String?

  /// What `tail --json` adds for its readers.
  private static let ignored: Set = ["time", "channel", "elements", "lossy"]
  private static let keys = [
    "group", "chat", "message", "action", "target", "targets", "attrs", "html", "text", "template",
    "context", "once",
  ]

  init(_ fields: Object) throws(UsageError) {
    message = fields["message"]
    for (key, value) in fields.members {
      switch key {
      case "group": try set(.group(value.text(of: key)), key)
      case "action": action = try value.text(of: key)
      case "target": target = try value.text(of: key)
      // A message of a tail comes with its HTML, null where it has none.
      case "html" where message != nil: continue
      case "html": try set(.html(value.text(of: key)), key)
      case "text": try set(.text(value.text(of: key)), key)
      case "template": try set(.template(value.text(of: key)), key)
      case "message": continue
      case "targets": targets = try value.text(of: key)
      case "chat":
        if case .integer(let id) = value {
          try set(.chat("\(id)"), key)
        } else {
          try set(.chat(value.text(of: key)), key)
        }
      case "attrs": attributes = try Self.attributes(value, key)
      case "context": context = try value.members(of: key)
      case "once":
        once = try value.text(of: key)
        if once == "" { throw .invalid(what: key, detail: "is empty") }
      case "lossy" where value != .bool(false):
        throw .invalid(
          what: "the message", detail: "held bytes or numbers that JSON has not (\"lossy\")")
      case _ where Self.ignored.contains(key): continue
      default:
        throw .invalid(
          what: "'\(key)'", detail: "is no key of a line",
          hint: Suggestions.nearest(to: key, among: Self.keys).map { "did you mean '\($0)'?" })
      }
    }
  }

  private mutating func set(_ recipient: Recipient, _ key: String) throws(UsageError) {
    guard self.recipient == nil else { throw .conflict("group", "chat") }
    self.recipient = recipient
  }

  private mutating func set(_ source: ContentOptions.Source, _ key: String) throws(UsageError) {
    guard self.source == nil else {
      throw .invalid(what: key, detail: "only one of html, text and template makes the content")
    }
    self.source = source
  }

  private static func attributes(
    _ value: Value, _ key: String
  ) throws(UsageError) -> [(name: String, value: String)] {
    try value.members(of: key).members.map { (name, value) throws(UsageError) in
      switch value {
      case .string(let text): return (name, text)
      case .integer, .bool: return (name, value.json)
      default: throw .invalid(what: "\(key).\(name)", detail: "is not a string")
      }
    }
  }
}

extension Value {
  /// - Parameter key: where the value stands in the line.
  fileprivate func text(of key: String) throws(UsageError) -> String {
    guard let string else { throw .invalid(what: key, detail: "is not a string") }
    return string
  }

  fileprivate func members(of key: String) throws(UsageError) -> Object {
    guard let object else { throw .invalid(what: key, detail: "is not an object") }
    return object
  }
}
