import Core

/// Writes a configuration file with what a Django project says of itself.
struct ConfigImportCommand: Command {
  private let arguments: ParsedArguments
  private let project: Project
  private let path: String
  private let isForced: Bool
  private let timeout: Double

  init(_ arguments: ParsedArguments) throws(UsageError) {
    self.arguments = arguments
    guard let manage = try arguments[Self.manage] else {
      throw .missingArgument("--manage PATH", of: arguments.command)
    }
    project = Project(
      manage: manage, python: try arguments[Self.python],
      isVerbose: arguments.contains(GlobalOptions.verbose))
    path = try arguments[Self.output] ?? ConfigurationFile.local
    isForced = arguments.contains(Self.force)
    timeout = try arguments[GlobalOptions.timeout] ?? 30
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    guard isForced || !ConfigurationFile.exists(path) else {
      throw .usage(.invalid(what: path, detail: "is there already", hint: "--force replaces it"))
    }
    let answer = try project.ask(console, Deadline(seconds: timeout))
    for note in answer.notes { console.note("warning: \(note)") }
    let file = try ConfigurationFile.read(Array(answer.text.utf8), from: path)
    do {
      try ConfigurationFile.write(answer.text + "\n", to: path)
    } catch {
      throw .content(.unreadable(origin: path, error))
    }
    // What is wrong in it is the project's, and worth to be known at once.
    let problems = file.problems(usingLayer: nil, backend: nil)
    for problem in problems.errors + problems.warnings {
      console.note("warning: \(file.located(problem).message)")
    }
    if !arguments.contains(GlobalOptions.quiet) { try report(file, console) }
    return .done
  }

  private func report(_ file: ConfigurationFile, _ console: Console) throws(CommandError) {
    func count(_ key: String) -> Int {
      if case .array(let values)? = file.fields[key] { return values.count }
      return file.fields[key]?.object?.members.count ?? 0
    }
    let layers = count(LayerSettings.key)
    let (templates, urls, files) = (count("templates"), count("urls"), count("static_manifest"))
    if arguments.contains(GlobalOptions.json) {
      return try console.print([
        "file": .string(path), "layers": .integer(layers), "templates": .integer(templates),
        "urls": .integer(urls), "static_files": .integer(files),
      ])
    }
    let counts = [
      counted(layers, "layer", "layers"), counted(templates, "template folder", "template folders"),
      counted(urls, "named URL", "named URLs"),
      counted(files, "hashed static file", "hashed static files"),
    ]
    try console.print(TerminalText.line("\(path): \(counts.joined(separator: ", "))"))
  }

  private static let manage = Option.text(
    "manage", placeholder: "PATH", kind: .file, summary: "The project's manage.py")
  private static let python = Option.text(
    "python", placeholder: "PATH", kind: .file, summary: "The project's Python",
    details: """
      Else that of VIRTUAL_ENV, of .venv or venv beside manage.py, or python3.
      """)
  private static let output = Option.text(
    "output", placeholder: "FILE", kind: .file, defaultValue: ConfigurationFile.local,
    summary: "The file to write")
  private static let force = Switch("force", summary: "Replace a file that is there")

  static let configurationUse = ConfigurationUse.none
  static let family: CommandFamily? = .config
  static let spec = CommandSpec(
    name: "import",
    summary: "Write a configuration file from a Django project",
    discussion: """
      Runs the project's own Python once, by 'manage.py shell', and writes what it says: the channel \
      layers, the folders of templates, named URLs, static files and the language. Nothing of Python is \
      needed after that. The file is for its owner alone, since it holds the passwords of the project.

      What JSON cannot say, as a compiled pattern, is left out with a warning.
      """,
    options: [manage.spec, python.spec, output.spec, force.spec],
    examples: [
      Example(
        "turboctl config import --manage site/manage.py --python site/.venv/bin/python",
        explanation: "Into ./turboctl.json"),
      Example(
        "turboctl config import --manage manage.py --force",
        explanation: "Again, after a deployment"),
    ])
}
