import Core

/// Keeps one target on the pages up to date with what comes on standard input.
struct PipeCommand: Command {
  private let options: PipeOptions
  private let recipients: Recipients

  init(_ arguments: ParsedArguments) throws(UsageError) {
    options = try PipeOptions(arguments, GlobalOptions(arguments))
    recipients = try Recipients(arguments)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let start = Deadline.monotonic()
    let global = options.global
    let groups = try recipients.groups(global)
    let content = try PipeContent(options, console)
    let hosts = try global.hosts(console)
    Signals.watch()
    let layer = global.openSender(hosts, console, patience: Patience.silence)
    var run = PipeRun(options, content, groups, layer, PipeInput(console.input))
    do throws(CommandError) {
      let code = try run.run(Deadline(seconds: global.timeout))
      if !run.report.isEmpty {
        try run.report.print(elapsed: Deadline.monotonic() - start, global, console)
      }
      if let failure = run.failure { throw failure }
      if code == .done, !layer.givenUp.isEmpty { throw .givenUp(layer.givenUp) }
      return code
    } catch {
      let failure = Failure(run.report.isEmpty ? error : .pipe(error, run.report))
      return failure.report(
        console, isJSON: global.isJSON, exit: run.signal ?? Signals.received())
    }
  }
}

extension PipeCommand {
  static let spec = CommandSpec(
    name: "pipe",
    summary: "Keep one target up to date with standard input",
    discussion: """
      Reads a text as it is produced, and brings it to one element of every page in the group: each \
      piece at once, or the text so far. It ends with the text; a signal sends the last of it first. Who \
      cannot be reached keeps the text from nobody else, and is named at the end (exit 5).
      """,
    arguments: [Recipients.argument],
    options: [Recipients.chat.spec] + PipeOptions.specs,
    examples: [
      Example(
        "llm 'Tell me a story' | turboctl pipe --chat 1 -t message-7",
        explanation: "Show an answer while it is written"),
      Example(
        "make 2>&1 | turboctl pipe turbo_stream.builds -t log --boundary line",
        explanation: "Show a log, whole lines at a time"),
      Example(
        "llm … | turboctl pipe --chat 1 -t message-7 --mode update --template message.html",
        explanation: "Render all of the text so far by a template, 20 times a second"),
    ])
}
