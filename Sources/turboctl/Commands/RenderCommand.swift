import Core

/// The same rendering as `send`, to stdout; touches no Redis.
struct RenderCommand: Command {
  static let spec = CommandSpec(
    name: "render",
    summary: "Print the element that send would publish",
    discussion: """
      Without --action it prints the bare content. The output ends with a newline only on a terminal.

      With --check it parses templates, each by its path (- is standard input), and prints a line for every \
      problem; exit 2 if there is one. It looks at the syntax, at libraries, tags and filters, whether the \
      templates that are included or extended by a constant name are on the search path, and whether the \
      configuration has the named URLs. Values and their types show only in a rendering.
      """,
    arguments: [
      ArgumentSpec("FILE", kind: .file, arity: .any, summary: "With --check: a template")
    ],
    options: ContentOptions.specs + [check.spec],
    examples: [
      Example(
        "turboctl render -a append -t messages --text 'a < b'",
        explanation: "Text is escaped as Django escapes it"),
      Example(
        "turboctl render --check templates/*.html",
        explanation: "Find what is wrong in a template before it is used"),
    ])

  private static let check = Switch(
    "check", section: "Template", summary: "Parse the files, and report every problem")

  /// The most that one value in Redis may hold (`proto-max-bulk-len`).
  private static let contentLimit = 512 << 20

  private let global: GlobalOptions
  private let work: Work

  private enum Work {
    case render(ContentOptions)
    case check(TemplateCheck)
  }

  init(_ arguments: ParsedArguments) throws(UsageError) {
    global = try GlobalOptions(arguments)
    let files = arguments.positionals
    guard arguments.contains(Self.check) else {
      if let file = files.first { throw .unexpectedArgument(file, of: arguments.command) }
      work = .render(try ContentOptions(arguments))
      return
    }
    for option in ContentOptions.specs where option.name != TemplateOptions.templates.spec.name {
      try arguments.requireAtMostOne(of: [Self.check.spec, option])
    }
    if files.isEmpty { throw .missingArgument("FILE", of: arguments.command) }
    work = .check(
      TemplateCheck(files: files, options: try TemplateOptions(arguments), global: global))
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    switch work {
    case .render(let content): return try render(content, console)
    case .check(let check): return try check.run(console)
    }
  }

  private func render(
    _ content: ContentOptions, _ console: Console
  ) throws(CommandError) -> ExitCode {
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
