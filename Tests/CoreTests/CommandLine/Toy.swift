@testable import Core

/// A small command line with one of everything.
enum Toy {
  static let redis = Option.text(
    "redis", placeholder: "URL", kind: .url, isRepeatable: true,
    environment: ["TOY_REDIS_URL", "REDIS_URL"], defaultValue: "redis://127.0.0.1:6379/0",
    section: "Global options", summary: "Redis to talk to")
  static let timeout = Option.seconds(
    "timeout", environment: ["TOY_TIMEOUT"], defaultValue: "30", section: "Global options",
    summary: "Give up the whole command after this long")
  static let color = Option.choice(
    "color", of: ["auto", "always", "never"], placeholder: "WHEN", defaultValue: "auto",
    section: "Global options", summary: "When to colour")
  static let quiet = Switch(
    "quiet", short: "q", section: "Global options", summary: "Print errors only")
  static let verbose = Switch(
    "verbose", short: "v", isRepeatable: true, section: "Global options",
    summary: "Say what is done"
  )

  static let action = Option.text(
    "action", short: "a", placeholder: "NAME", kind: .action, section: "Element",
    summary: "What the page does with the content")
  static let target = Option.text(
    "target", short: "t", placeholder: "ID", section: "Element",
    summary: "The id of the element that changes",
    details: """
      It is matched as it is: no CSS, no number sign in front of it. For several elements there \
      is a selector.

          -t chat-1-message-list
      """)
  static let html = Option.text(
    "html", placeholder: "HTML", section: "Content", summary: "The content, as it is")
  static let set = Option.text(
    "set", short: "s", placeholder: "KEY=VALUE", kind: .keyValue, isRepeatable: true,
    section: "Content", summary: "Set a variable of the template")
  static let rate = Option.rate("rate", summary: "Messages a second")
  static let count = Option.integer(
    "count", in: 1...Int.max, short: "c", summary: "End after so many messages")
  static let limit = Option.integer("limit", in: 1...100, summary: "List so many at most")

  static let specification = Specification(
    name: "toy", version: "1.2.3", date: "July 30, 2026", summary: "Broadcast to pages",
    globalOptions: [
      redis.spec, timeout.spec, color.spec, quiet.spec, verbose.spec, Switch.help.spec,
      Switch.version.spec,
    ],
    commands: [send, tail, chats, help, version, secret],
    topics: [Topic("exit-codes", summary: "What the exit codes mean", text: "0 is success.")])

  static let send = CommandSpec(
    name: "send", summary: "Publish one element to each group",
    discussion: "Without content options, the content is read from standard input.",
    arguments: [
      ArgumentSpec("GROUP", kind: .group, arity: .any, summary: "Where to publish")
    ],
    options: [action.spec, target.spec, html.spec, set.spec, rate.spec],
    examples: [
      Example("toy send chat_1 -a update -t list --html 'Hello World'", explanation: "Say hello"),
      Example("date | toy send chat_1 -t clock > log", explanation: "Show the time"),
    ])
  static let tail = CommandSpec(
    name: "tail", summary: "Print what arrives in groups",
    arguments: [ArgumentSpec("GROUP", kind: .group, arity: .many, summary: "What to follow")],
    options: [count.spec])
  static let chats = CommandSpec(
    name: "chats", summary: "Look at chats",
    subcommands: [
      CommandSpec(name: "list", summary: "List the chats", options: [limit.spec]),
      CommandSpec(
        name: "show", summary: "Show one chat",
        arguments: [
          ArgumentSpec("ID", kind: .integer(0...Int.max), arity: .one, summary: "The chat"),
          ArgumentSpec("FIELD", kind: .text, arity: .optional, summary: "One field of it"),
        ]),
    ])
  static let help = CommandSpec(
    name: "help", summary: "Print help",
    arguments: [
      ArgumentSpec("COMMAND", kind: .command, arity: .any, summary: "A command or a topic")
    ],
    options: [Switch.manual.spec])
  static let secret = CommandSpec(name: "secret", summary: "Never listed", isHidden: true)
  static let version = CommandSpec(name: "version", summary: "Print the version")

  static func parse(
    _ line: String, environment: [String: String] = [:]
  ) throws(UsageError) -> ParseResult {
    try specification.parse(ShellWords.pipe(line).first ?? []) { environment[$0] }
  }

  static func run(
    _ line: String, environment: [String: String] = [:]
  ) throws -> ParsedArguments {
    guard case .run(let arguments) = try parse(line, environment: environment) else {
      throw UsageError.invalid(what: line, detail: "does not run")
    }
    return arguments
  }
}
