import Core

/// `render --check`: what is wrong with templates, as far as it shows without a context.
struct TemplateCheck {
  let files: [String]
  let options: TemplateOptions
  let global: GlobalOptions

  /// - Returns: 2 where there is a problem.
  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let engine = try options.makeEngine(console)
    var isClean = true
    for file in files {
      let name = file == "-" ? "standard input" : file
      let review =
        file == "-" ? engine.review(try readInput(console), name: name) : engine.review(file: file)
      for problem in review.problems {
        isClean = false
        let hint = problem.hint ?? engine.meant(by: problem).map { "did you mean '\($0)'?" }
        try report(problem, hint, name, review.source, console)
      }
    }
    return isClean ? .done : .usage
  }

  private func readInput(_ console: Console) throws(CommandError) -> [UInt8] {
    guard !console.input.isTerminal else { throw .content(.terminal) }
    do {
      let deadline = Deadline(seconds: global.timeout ?? 30)
      return try console.input.readAll(deadline, limit: TemplateLoader.sizeLimit)
    } catch {
      throw .content(.unreadable(origin: "standard input", error))
    }
  }

  private func report(
    _ problem: TemplateError, _ hint: String?, _ file: String, _ source: [UInt8], _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    let (line, column) = problem.location?.position(in: source) ?? (1, 1)
    let text = Failure.text(problem)
    if global.isJSON {
      try console.print([
        "file": .string(file), "line": .integer(line), "column": .integer(column),
        "problem": .string(text), "hint": hint.map(Value.string) ?? .null,
      ])
    } else {
      let hint = hint.map { " (\($0))" } ?? ""
      try console.print(TerminalText.line("\(file):\(line):\(column): \(text)\(hint)"))
    }
  }
}
