import Core

/// `render --check`: what is wrong with templates, as far as it shows without a context.
struct TemplateCheck {
  let files: [String]
  let global: GlobalOptions

  /// - Returns: 2 where there is a problem.
  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let engine: Engine
    do {
      engine = try Engine(Engine.Settings(now: { 0 }))
    } catch {
      throw .template(error, source: nil)
    }
    var isClean = true
    for file in files {
      let source = try read(file)
      for problem in engine.problems(in: source, name: file) {
        isClean = false
        try report(problem, file, source, console)
      }
    }
    return isClean ? .done : .usage
  }

  private func read(_ file: String) throws(CommandError) -> [UInt8] {
    do {
      let deadline = Deadline(seconds: global.timeout ?? 30)
      return try Input.readFile(file, deadline, limit: TemplateLoader.sizeLimit)
    } catch {
      throw .content(.unreadable(origin: file, error))
    }
  }

  private func report(
    _ problem: TemplateError, _ file: String, _ source: [UInt8], _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    let (line, column) = problem.location?.position(in: source) ?? (1, 1)
    if global.isJSON {
      try console.print([
        "file": .string(file), "line": .integer(line), "column": .integer(column),
        "problem": .string(problem.message), "hint": problem.hint.map(Value.string) ?? .null,
      ])
    } else {
      let hint = problem.hint.map { " (\($0))" } ?? ""
      try console.print(
        TerminalText.line("\(file):\(line):\(column): \(problem.message)\(hint)"))
    }
  }
}
