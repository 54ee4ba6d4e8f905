import Core

/// A subcommand: its part of the specification, its options, its run.
protocol Command: SendableMetatype {
  static var spec: CommandSpec { get }

  /// Takes the options over; nothing outside the process is touched.
  init(_ arguments: ParsedArguments) throws(UsageError)

  func run(_ console: Console) throws(CommandError) -> ExitCode
}

extension Command {
  static func make(_ arguments: ParsedArguments) throws(CommandError) -> any Command {
    do {
      return try Self(arguments)
    } catch {
      throw .usage(error)
    }
  }
}

/// What ends a command; `Failure` puts it into words and codes.
enum CommandError: Error {
  case usage(UsageError)
  case address(RedisURLFault, origin: String)
  case groupName(GroupName.Fault, name: String)
  case message(Message.Fault)
  case json(JSONError, text: [UInt8], origin: String)
  case content(ContentFault)
  case frameTooLarge(bytes: Int, limit: Int)
  /// `delivered` are the groups that were reported on before.
  case layer(ChannelsError, delivered: [GroupName])
  case refused(GroupName, ServerError, RedisAddress, delivered: [GroupName])
  case partial(GroupName, Audience, written: Int, ServerError)
  case withheld(GroupName, Audience, SendPolicy, waited: Double?, delivered: [GroupName])
  case tooFew(received: Int, expected: Int, seconds: Double)
  /// The layer gave back something else than was sent.
  case echo(RedisAddress)
  case output(SystemError)
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

/// What is wrong with the content to be rendered.
enum ContentFault: Error {
  case terminal
  case empty
  case invalidUTF8(origin: String, offset: Int)
  case unreadable(origin: String, SystemError)
  case late(seconds: Double)
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

  /// A line for people, beside the results; that it cannot be written is not worth failing for.
  func note(_ line: String) {
    try? errors.write("turboctl: \(TerminalText.line(line))\n")
  }
}
