/// The help text of a command, or of the tool itself where the path is empty.
package struct HelpPage {
  let specification: Specification
  let path: [CommandSpec]
  let isLong: Bool

  package init(_ specification: Specification, path: [CommandSpec], isLong: Bool) {
    self.specification = specification
    self.path = path
    self.isLong = isLong
  }

  /// Plain text wrapped to the width, held between 40 and 100 columns, without a final newline.
  package func text(width: Int) -> String {
    let width = min(max(width, 40), 100)
    let blocks = isLong ? long(width) : short(width)
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }
}

extension Topic {
  /// Plain text wrapped to the width, held between 40 and 100 columns, without a final newline.
  package func text(width: Int) -> String {
    ([summary, ""] + wrapped(text, width: min(max(width, 40), 100))).joined(separator: "\n")
  }
}

private struct List {
  let heading: String
  let rows: [(label: String, text: String)]
  /// What is named below the rows.
  var others: [String] = []
}

extension HelpPage {
  private var command: CommandSpec? { path.last }
  private var options: [OptionSpec] {
    path.isEmpty ? specification.globalOptions : path.flatMap(\.options)
  }
  /// What this page lists or names of them.
  private var shown: [OptionSpec] { isLong ? options : options.filter { $0.rank != .rare } }
  private var commands: [CommandSpec] {
    (command?.subcommands ?? specification.commands).filter { !$0.isHidden }
  }
  private var summary: String { command?.summary ?? specification.summary }
  private var title: String { ([specification.name] + path.map(\.name)).joined(separator: " ") }

  private var usage: String {
    let options = shown.isEmpty ? [] : ["[OPTIONS]"]
    let command = commands.isEmpty ? [] : ["COMMAND"]
    let arguments = path.isEmpty ? ["[ARGUMENTS]"] : path.last?.arguments.map(\.usage) ?? []
    return "Usage: " + ([title] + options + command + arguments).joined(separator: " ")
  }

  private func short(_ width: Int) -> [[String]] {
    let more =
      path.isEmpty
      ? "See '\(title) COMMAND -h' for one command, '\(title) --help' for more."
      : "See '\(title) --help' for more, '\(specification.name) --help' for global options."
    let options = sections.map { section in
      List(
        heading: section.heading,
        rows: section.options.filter { $0.rank == .common }.map { ($0.label, $0.summary) },
        others: section.options.filter { $0.rank == .special }.map(\.long))
    }
    return [[usage] + wrapped(summary, width: width)]
      + columns(words + options, width: width)
      + [wrapped(more, width: width)]
  }

  private func long(_ width: Int) -> [[String]] {
    [wrapped(summary, width: width), [usage], wrapped(command?.discussion ?? "", width: width)]
      + columns(words, width: width)
      + sections.map { section in
        let entries = section.options.map { entry($0, width: width).joined(separator: "\n") }
        return ["\(section.heading):", entries.joined(separator: "\n\n")]
      }
      + columns(topics, width: width)
      + [examples(width), wrapped(pointers, width: width)]
  }

  /// The lists of what is typed without a dash.
  private var words: [List] {
    let lists: [List] = [
      List(
        heading: "Arguments", rows: command?.arguments.map { ($0.usage, $0.summary) } ?? []),
      List(heading: "Commands", rows: commands.map { ($0.name, $0.summary) }),
    ]
    return lists.filter { !$0.rows.isEmpty }
  }

  private var topics: [List] {
    guard path.isEmpty, !specification.topics.isEmpty else { return [] }
    return [List(heading: "Topics", rows: specification.topics.map { ($0.name, $0.summary) })]
  }

  private var sections: [(heading: String, options: [OptionSpec])] { Self.sections(of: shown) }

  /// Options under their headings, both in the order of the table.
  static func sections(of options: [OptionSpec]) -> [(heading: String, options: [OptionSpec])] {
    options.reduce(into: []) { sections, option in
      if let place = sections.firstIndex(where: { $0.heading == option.section }) {
        sections[place].options.append(option)
      } else {
        sections.append((option.section, [option]))
      }
    }
  }

  private var pointers: String {
    let name = specification.name
    let more =
      path.isEmpty
      ? "'\(name) COMMAND --help' for one command" : "'\(name) --help' for global options"
    let hasExitCodes = specification.topics.contains { $0.name == "exit-codes" }
    return "See \(more)" + (hasExitCodes ? ", '\(name) help exit-codes' for exit codes." : ".")
  }
}

extension HelpPage {
  /// The lists with their texts in one column for the whole page.
  private func columns(_ lists: [List], width: Int) -> [[String]] {
    let labels = lists.flatMap(\.rows).map(\.label.count)
    // A label that would leave too little room beside it stands on a line of its own.
    let column = (labels.filter { $0 <= width * 2 / 5 }.max() ?? 0) + 4
    return lists.map { list in
      ["\(list.heading):"]
        + list.rows.flatMap { label, text in
          let lines = wrapped(text, width: width, indent: column)
          let head = "  " + label
          guard head.count + 2 <= column, let first = lines.first else { return [head] + lines }
          let gap = String(repeating: " ", count: column - head.count)
          return [head + gap + first.dropFirst(column)] + lines.dropFirst()
        }
        + wrapped(others(of: list), width: width, indent: 6)
    }
  }

  private func others(of list: List) -> String {
    guard !list.others.isEmpty else { return "" }
    return (list.rows.isEmpty ? "" : "and ") + list.others.joined(separator: ", ")
  }

  /// What the table says of an option beside its prose, each without a final period.
  static func facts(of option: OptionSpec) -> [String] {
    var facts: [String] = []
    if case .choice(let choices) = option.kind {
      facts.append("One of: \(choices.joined(separator: ", "))")
    }
    if let value = option.defaultValue { facts.append("Default: \(value)") }
    if !option.environment.isEmpty {
      let variables = option.environment.map { "$\($0)" }
      facts.append("Environment: \(variables.joined(separator: ", "))")
    }
    if option.isRepeatable { facts.append("May be given more than once") }
    return facts
  }

  private func entry(_ option: OptionSpec, width: Int) -> [String] {
    let facts = Self.facts(of: option)
    let details = wrapped(option.details, width: width, indent: 10)
    return ["  " + option.label]
      + wrapped(option.summary, width: width, indent: 10)
      + (details.isEmpty ? [] : [""] + details + (facts.isEmpty ? [] : [""]))
      + facts.flatMap { wrapped($0, width: width, indent: 10) }
  }

  private func examples(_ width: Int) -> [String] {
    guard let examples = command?.examples, !examples.isEmpty else { return [] }
    let entries = examples.map { example in
      (wrapped(example.explanation + ":", width: width, indent: 2) + ["      " + example.command])
        .joined(separator: "\n")
    }
    return ["Examples:", entries.joined(separator: "\n\n")]
  }
}
