import Core
import Glibc

/// Parse, run, report, exit: the only place where the process ends.
@main
enum Turboctl {
  static func main() {
    // A closed standard stream's number would go to the connection, and our text with it.
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", O_RDWR)
    }
    // A reader that goes away is an error of the write, and not the end of us.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow (`ulimit -f`).
    signal(SIGXFSZ, SIG_IGN)
    let console = Console.standard()
    do {
      exit(run(try arguments(), console).rawValue)
    } catch {
      exit(Failure(error).report(console, isJSON: false).rawValue)
    }
  }

  /// Runs one command line, without the tool's own name, and says what fails.
  static func run(_ arguments: [String], _ console: Console) -> ExitCode {
    console.chooseColors(arguments)
    do {
      return try perform(arguments, console)
    } catch {
      // The command line itself may be what is wrong, so it is not parsed for this.
      let isJSON = arguments.prefix { $0 != "--" }.contains("--json")
      let failure = Failure(error)
      let code = failure.report(console, isJSON: isJSON)
      return PingCommand.unknown(arguments, failure, console) ?? code
    }
  }

  private static func perform(
    _ arguments: [String], _ console: Console
  ) throws(CommandError) -> ExitCode {
    switch try parse(arguments, console) {
    case .version: try console.print(versionLine)
    case .help(let path, let isLong):
      try console.print(
        HelpPage(specification, path: path, isLong: isLong).text(width: console.output.width))
    case .topic(let topic):
      try console.print(
        topic.text(width: console.output.width))
    case .manual(let subject):
      try console.print(ManualPage(specification, subject).text)
    case .run(let typed):
      for command in commands where command.path == typed.command {
        return try run(command, typed, console)
      }
    }
    return .done
  }

  private static func run(
    _ command: any Command.Type, _ typed: ParsedArguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let use = command.configurationUse
    guard use != .none, let file = try ConfigurationFile.found(for: typed, console) else {
      return try command.make(typed).run(console)
    }
    if use == .settings { file.warn(typed, console) }
    do {
      return try command.make(file.applied(to: typed)).run(console)
    } catch {
      throw file.located(error)
    }
  }

  private static func parse(
    _ arguments: [String], _ console: Console
  ) throws(CommandError) -> ParseResult {
    do {
      return try specification.parse(arguments, environment: console.environment)
    } catch {
      throw .usage(error)
    }
  }

  /// The arguments, none of them repaired: broken UTF-8 would reach a page as something else.
  private static func arguments() throws(CommandError) -> [String] {
    guard CommandLine.argc > 0 else { return try argumentsOfSystem() }
    var arguments: [String] = []
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let pointer = unsafe CommandLine.unsafeArgv[place],
        let argument = unsafe String(validatingCString: pointer)
      else { throw notText(place) }
      arguments.append(argument)
    }
    return arguments
  }

  /// The same where Swift finds none: it looks beside the environment, which a preloaded library may have
  /// moved, as faketime does.
  private static func argumentsOfSystem() throws(CommandError) -> [String] {
    let path = "/proc/self/cmdline"
    let bytes: [UInt8]
    do {
      bytes = try Input.readFile(path, Deadline(seconds: 5), limit: .max)
    } catch {
      throw .usage(.invalid(what: path, detail: error.text))
    }
    var arguments: [String] = []
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false)
    for (place, word) in words.enumerated().dropFirst().dropLast() {
      guard let argument = String(validating: word, as: UTF8.self) else { throw notText(place) }
      arguments.append(argument)
    }
    return arguments
  }

  private static func notText(_ place: Int) -> CommandError {
    .usage(.invalid(what: "argument \(place)", detail: "not valid UTF-8"))
  }
}
