import Core

extension SendCommand {
  /// What Daphne 4.2 still passes on; a byte more, and it closes the socket of every page in the group.
  static let frameLimit = 1_048_576
  private static let section = "Delivery"

  static let message = Option.text(
    "message", placeholder: "JSON", kind: .json, section: "Content",
    summary: "Publish this message as it is: no rendering, no envelope", rank: .special)
  static let raw = Switch(
    "raw", section: "Content", summary: "Take a whole message that holds no <turbo-stream>",
    rank: .special)
  static let require = Option.integer(
    "require", in: 0...Int.max, section: section,
    summary: "Send nothing (exit 4) unless each group has N channels",
    details: "On the pub/sub layer: N connections that receive it.", rank: .special)
  static let wait = Option.seconds(
    "wait", section: section, summary: "Wait so long for the channels that are required",
    details: "Without --require: for one channel in each group.")
  static let whenFull = Option.choice(
    "when-full", of: SendPolicy.WhenFull.allCases.map(\.rawValue), placeholder: "WHAT",
    defaultValue: "drop", section: section,
    summary: "drop, wait or fail, where a process's queue is full",
    details: """
      drop: that process does not get the message, and the report counts it; channels_redis does so \
      silently. wait: until there is room, the default of --batch and --each-line. fail: nobody gets it, \
      exit 4.
      """)
  static let fullTimeout = Option.seconds(
    "full-timeout", defaultValue: "10", section: section,
    summary: "Wait no longer for a queue that nobody takes anything from",
    details: "It is given up and named, the others go on, and the end is exit 4.", rank: .special)
  static let confirm = Option.seconds(
    "confirm", section: section,
    summary: "Wait so long until every process has taken the message",
    details: """
      Off its queue, that is. Else exit 4, with the names of those that have not; one that dropped the \
      message, because its queue is full, has not. Less than the layer's expiry.
      """)
  static let once = Option.text(
    "once", placeholder: "ID", section: section,
    summary: "Send at most once for this ID and group",
    details: """
      A second send says already sent, exit 0. So one may send again where it is not known what became of \
      the first (exit 5). What reached some of a group's processes counts as sent: a repeat does not reach \
      the others, which the first send named.
      """)
  static let onceLife = Option.seconds(
    "once-ttl", defaultValue: "3600", section: section, summary: "How long --once remembers",
    rank: .special)
  static let maxBytes = Option.integer(
    "max-bytes", in: 1...1 << 30, defaultValue: "\(frameLimit)", section: section,
    summary: "Refuse a larger WebSocket frame",
    details: """
      Daphne 4.2 closes the socket of every page that should get more than the default, and leaves \
      ghosts in the group.
      """, rank: .special)
  static let dryRun = Switch(
    "dry-run", short: "n", section: section,
    summary: "Print what would be sent, and to whom; write nothing")

  static let spec = CommandSpec(
    name: "send",
    summary: "Publish a Turbo Stream to every page of a group",
    discussion: """
      Renders one Turbo Stream element, or takes a whole message from the content, and publishes it to \
      each group. Says for each who got it.
      """,
    arguments: [Recipients.argument],
    options: [Recipients.chat.spec] + ContentOptions.specs + [
      message.spec, raw.spec, require.spec, wait.spec, whenFull.spec, fullTimeout.spec,
      confirm.spec,
      once.spec, onceLife.spec, maxBytes.spec, dryRun.spec,
    ] + BatchOptions.specs,
    examples: [
      Example(
        "turboctl send turbo_stream.chat_1 -a update -t chat-1-message-list --html 'Hello World'",
        explanation: "Update an element on every page of a group"),
      Example(
        "turboctl send --chat 1 -a append -t messages --text 'a < b'",
        explanation: "The same for a chat, with text that is escaped"),
      Example(
        "echo '<turbo-stream action=\"refresh\"></turbo-stream>' | turboctl send --chat 1",
        explanation: "Publish what another program has rendered"),
      Example(
        "turboctl send --chat 1 -a remove -t banner --require 1 --wait 10s",
        explanation: "Wait for somebody to listen, and fail if nobody does"),
    ])
}
