import Core

/// A subcommand: its part of the specification, its options, its run.
protocol Command: SendableMetatype {
  static var spec: CommandSpec { get }

  /// The name that it stands under with others, as `chats`; nil: it stands alone.
  static var family: CommandFamily? { get }

  static var configurationUse: ConfigurationUse { get }

  /// Takes the options over; nothing outside the process is touched.
  init(_ arguments: ParsedArguments) throws(UsageError)

  func run(_ console: Console) throws(CommandError) -> ExitCode
}

extension Command {
  static var family: CommandFamily? { nil }

  static var configurationUse: ConfigurationUse { .settings }

  /// As it is typed, `["chats", "list"]`.
  static var path: [String] { (family.map { [$0.name] } ?? []) + [spec.name] }

  static func make(_ arguments: ParsedArguments) throws(CommandError) -> any Command {
    do {
      return try Self(arguments)
    } catch {
      throw .usage(error)
    }
  }
}

/// What a configuration file is to a command.
enum ConfigurationUse {
  case settings
  /// It says itself what is wrong in the file.
  case object
  /// It makes one.
  case none
}

/// What ends a command; `Failure` puts it into words and codes.
enum CommandError: Error {
  case usage(UsageError)
  case address(RedisURLFault, origin: String)
  case groupName(GroupName.Fault, name: String)
  case message(Message.Fault)
  case json(JSONError, text: [UInt8], origin: String)
  case content(ContentFault)
  /// `source` is the text of the template where the error is; `meant` a template that one not there may mean.
  case template(TemplateError, source: [UInt8]?, meant: String?)
  case frameTooLarge(bytes: Int, limit: Int)
  /// `delivered` are the groups that were reported on before.
  case layer(ChannelsError, delivered: [GroupName])
  case undelivered(Undelivered)
  /// A signal came while a single message waited to be sent.
  case stopped(delivered: [GroupName])
  /// Full queues that were waited for in vain, by the groups that they got nothing of.
  case givenUp([GroupName: [String]])
  /// Why hosts are missing in what was shown.
  case missing([ChannelsError])
  case tooFew(received: Int, expected: Int, TimeLimit)
  /// The layer gave back something else than was sent.
  case echo(RedisAddress)
  case output(SystemError)
  /// The message went out; that it did could not be written.
  case unreported(SystemError)
  /// Something would be removed, and nobody is there to ask.
  case unconfirmed
  /// Processes did not take the message off their queues.
  case untaken(Untaken)
  /// A line of a batch is wrong.
  indirect case line(origin: String, Int, CommandError)
  /// A batch that ended early for a cause, or came to its end with faults.
  indirect case batch(CommandError?, BatchReport, origin: String)
  /// A pipe that ended early.
  indirect case pipe(CommandError, PipeReport)
  /// A removal ended early.
  case removal(ChannelsError, removed: Int)
}

extension CommandError {
  /// The same where the messages have gone out already.
  var afterSending: CommandError {
    if case .output(let error) = self { .unreported(error) } else { self }
  }
}

/// A name that several commands stand under.
struct CommandFamily {
  let name: String
  let summary: String
}

/// Runs a step in which nothing of the user's is sent: whatever fails, nothing was delivered.
func asking<Result>(
  _ step: () throws(ChannelsError) -> Result
) throws(CommandError) -> Result {
  do {
    return try step()
  } catch {
    throw .layer(error.withNothingSent, delivered: [])
  }
}

/// Fails where hosts are missing in what was shown, or done.
func requireAll(_ missing: [ChannelsError]) throws(CommandError) {
  if !missing.isEmpty { throw .missing(missing) }
}

/// That nothing was found; where hosts are missing, it is said of the others alone.
func nothing(_ text: String, without missing: [ChannelsError]) -> String {
  missing.isEmpty ? text : "\(text) on the hosts that answered"
}

/// Seconds that ended a wait for messages: of the whole, or since the last one.
enum TimeLimit {
  case whole(Double)
  case idle(Double)
}

/// What is wrong with the content to be rendered.
enum ContentFault: Error {
  case terminal
  case empty
  /// The same of a batch.
  case noLines
  /// It ends before the first line that was asked for.
  case tooFewLines(origin: String, Int, first: Int)
  /// The same of a pipe.
  case noText
  /// All of a pipe's text together.
  case textTooLarge(bytes: Int, limit: Int)
  case tooLarge(origin: String, limit: Int)
  case invalidUTF8(origin: String, offset: Int)
  case unreadable(origin: String, SystemError)
  case late(origin: String, seconds: Double)
  case noElement
}

extension Console {
  /// A line of results.
  func print(_ line: String) throws(CommandError) {
    do {
      try output.write(line + "\n")
    } catch {
      throw .output(error)
    }
  }

  /// A line of results as machines read them.
  func print(_ object: Object) throws(CommandError) {
    try print(Value.object(object).json)
  }

  /// A table, as wide as the terminal at most; where there is none, nothing is cut.
  func print(_ table: TextTable) throws(CommandError) {
    let lines = table.lines(width: output.isTerminal ? output.width : nil)
    try print(lines.joined(separator: "\n"))
  }

  /// A line for people, beside the results; that it cannot be written is not worth failing for.
  func note(_ line: String) {
    try? errors.write("turboctl: \(TerminalText.line(Secrets.redacted(line)))\n")
  }
}
