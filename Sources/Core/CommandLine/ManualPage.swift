/// A page of man(1), in mdoc(7).
package struct ManualPage {
  package enum Subject: Sendable {
    /// The tool itself where the path is empty.
    case command([CommandSpec])
    case topic(Topic)
  }

  private let specification: Specification
  private let subject: Subject

  package init(_ specification: Specification, _ subject: Subject) {
    self.specification = specification
    self.subject = subject
  }

  /// As `turboctl-send.1`.
  package var fileName: String { "\(name).\(number)" }

  /// The source, without a final newline.
  package var text: String {
    let head = [
      ".Dd \(specification.date)", ".Dt \(name.uppercased()) \(number)",
      ".Os \(specification.name) \(specification.version)",
      // No option or URL is parted at the end of a line.
      ".nh",
      ".Sh NAME", ".Nm \(name)", ".Nd \(Roff.argument(summary).filter { $0 != "\"" })",
    ]
    let body =
      switch subject {
      case .command(let path): commandBody(path)
      case .topic(let topic): section("DESCRIPTION", Roff.prose(topic.text))
      }
    return (head + body + section("SEE ALSO", seeAlso)).joined(separator: "\n")
  }

  private var name: String {
    switch subject {
    case .command(let path): ([specification.name] + path.map(\.name)).joined(separator: "-")
    case .topic(let topic): page(topic).name
    }
  }

  private var number: Int {
    switch subject {
    case .command: 1
    case .topic(let topic): page(topic).section
    }
  }

  private var summary: String {
    let text =
      switch subject {
      case .command(let path): path.last?.summary ?? specification.summary
      case .topic(let topic): topic.summary
      }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// The first word of a command.
  private var family: String? {
    if case .command(let path) = subject { path.first?.name } else { nil }
  }

  private func page(_ topic: Topic) -> (name: String, section: Int) {
    if case .page(let name, let section) = topic.manual { return (name, section) }
    return ("\(specification.name)-\(topic.name)", 7)
  }
}

extension Specification {
  /// The tool's page, one for each command and family, and those of topics that have one.
  package var manualPages: [ManualPage] {
    let subjects: [ManualPage.Subject] =
      [.command([])]
      + paths.filter { !$0.contains(where: \.isHidden) }.map { .command($0) }
      + topics.filter { $0.heading == nil }.map { .topic($0) }
    return subjects.map { ManualPage(self, $0) }
  }
}

extension ManualPage {
  private func commandBody(_ path: [CommandSpec]) -> [String] {
    let command = path.last
    let options = path.isEmpty ? specification.globalOptions : path.flatMap(\.options)
    let commands = path.isEmpty ? specification.commands : command?.subcommands ?? []
    return section("SYNOPSIS", synopsis(path, hasOptions: !options.isEmpty, commands))
      + section("DESCRIPTION", description(command, commands, path))
      + section("OPTIONS", self.options(options))
      + section("ENVIRONMENT", path.isEmpty ? topic("ENVIRONMENT") : environment(options))
      + section("FILES", path.isEmpty ? files : [])
      + section("EXIT STATUS", path.isEmpty ? topic("EXIT STATUS") : asTheTool)
      + section("EXAMPLES", examples(path.isEmpty ? specification.commands : [command]))
  }

  private func section(_ heading: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [".Sh \(heading)"] + lines
  }

  private func synopsis(
    _ path: [CommandSpec], hasOptions: Bool, _ commands: [CommandSpec]
  ) -> [String] {
    let arguments: [String] = (path.last?.arguments ?? []).map { argument in
      switch argument.arity {
      case .one: ".Ar \(argument.name)"
      case .optional: ".Op Ar \(argument.name)"
      case .any: ".Op Ar \(argument.name) ..."
      case .many: ".Ar \(argument.name) ..."
      }
    }
    return [".Nm \(specification.name)"] + path.map { ".Cm \($0.name)" }
      + (hasOptions || path.isEmpty ? [".Op Ar OPTIONS"] : [])
      + (commands.isEmpty ? [] : [".Ar COMMAND", ".Op Ar ARGUMENTS"]) + arguments
  }

  private func description(
    _ command: CommandSpec?, _ commands: [CommandSpec], _ path: [CommandSpec]
  ) -> [String] {
    let summary = (command?.summary ?? specification.summary) + "."
    let discussion = command.map { $0.discussion.isEmpty ? [] : Roff.prose("\($0.discussion)") }
    let arguments = (command?.arguments ?? []).map { argument in
      (head: "Ar \(argument.name)", body: Roff.prose(argument.summary + "."))
    }
    let rows = commands.filter { !$0.isHidden }.map { command in
      (
        head: "Cm \(command.name)", body: Roff.prose(command.summary + ".") + see(path + [command])
      )
    }
    let isLong = discussion?.isEmpty == false
    return Roff.prose(summary) + (isLong ? [".Pp"] : []) + (discussion ?? [])
      + Roff.list(arguments) + Roff.list(rows)
      + (path.isEmpty
        ? [] : [".Pp", "The global options of", ".Xr \(specification.name) 1", "are taken too."])
  }

  private func see(_ path: [CommandSpec]) -> [String] {
    let page = ManualPage(specification, .command(path))
    return ["See", ".Xr \(page.name) \(page.number) ."]
  }

  private func options(_ options: [OptionSpec]) -> [String] {
    let sections = HelpPage.sections(of: options)
    return sections.flatMap { section in
      (sections.count > 1 ? [".Ss \(section.heading)"] : [])
        + Roff.list(section.options.map { (head($0), body($0)) })
    }
  }

  private func head(_ option: OptionSpec) -> String {
    let short = option.short.map { "Fl \($0) , " } ?? ""
    let value = option.placeholder.map { " Ar \(Roff.argument($0))" } ?? ""
    return "\(short)Fl \(Roff.argument("-" + option.name))\(value)"
  }

  private func body(_ option: OptionSpec) -> [String] {
    let facts = HelpPage.facts(of: option).map { $0 + "." }.joined(separator: " ")
    return [option.summary + ".", option.details, facts].filter { !$0.isEmpty }
      .map(Roff.prose).joined(separator: [".Pp"]).map { $0 }
  }

  private func environment(_ options: [OptionSpec]) -> [String] {
    Roff.list(
      options.flatMap { option in
        option.environment.map { variable in
          (head: "Ev \(variable)", body: Roff.prose("Where \(option.long) is not given."))
        }
      })
  }

  private func topic(_ heading: String) -> [String] {
    specification.topics.first { $0.heading == heading }.map { Roff.prose($0.text) } ?? []
  }

  private var files: [String] {
    Roff.list(
      specification.files.map { ("Pa \(Roff.argument($0.path))", Roff.prose($0.summary + ".")) })
  }

  private var asTheTool: [String] { ["See", ".Xr \(specification.name) 1 ."] }

  private func examples(_ commands: [CommandSpec?]) -> [String] {
    let isOverview = commands.count > 1
    let examples = commands.flatMap { command in
      (command?.examples ?? []).prefix(isOverview ? 1 : .max)
    }
    return examples.enumerated().flatMap { place, example in
      (place > 0 ? [".Pp"] : []) + Roff.prose(example.explanation + ":")
        + Roff.literal([example.command])
    }
  }

  /// The tool's page names all; another one the tool's, its family's and those of topics.
  private var seeAlso: [String] {
    let isAll = name == specification.name
    let pages = specification.manualPages.filter { page in
      page.fileName != fileName && (isAll || page.family == nil || page.family == family)
    }
    let names = pages.map { (name: $0.name, section: $0.number) }
      .sorted { ($0.section, $0.name) < ($1.section, $1.name) }
    return names.enumerated().map { place, page in
      ".Xr \(page.name) \(page.section)" + (place < names.count - 1 ? " ," : "")
    }
  }
}
