import Core

/// The same rendering as `send`, to stdout; touches no Redis.
struct RenderCommand: Command {
  static let spec = CommandSpec(
    name: "render",
    summary: "Print the element that send would publish",
    discussion: """
      Without --action it prints the bare content. The output ends with a newline only on a terminal.
      """,
    options: ContentOptions.specs,
    examples: [
      Example(
        "turboctl render -a append -t messages --text 'a < b'",
        explanation: "Text is escaped as Django escapes it")
    ])

  /// The most that one value in Redis may hold (`proto-max-bulk-len`).
  private static let contentLimit = 512 << 20

  private let global: GlobalOptions
  private let content: ContentOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    content = try ContentOptions(arguments)
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let html = try content.html(
      console, Deadline(seconds: global.timeout ?? 30), limit: Self.contentLimit)
    if global.isJSON {
      try console.print(["html": .string(html), "bytes": .integer(html.utf8.count)])
    } else if !global.isQuiet {
      try console.print(rendered: html)
    }
    return .done
  }
}

extension Console {
  fileprivate func print(rendered html: String) throws(CommandError) {
    do {
      try output.write(output.isTerminal ? TerminalText.safe(html) + "\n" : html)
    } catch {
      throw .output(error)
    }
  }
}
