/// The whole command line as one ordered value, for the parser, help, man pages and completions.
package struct Specification: Sendable {
  package let name: String
  package let version: String
  /// When the version was released, as mdoc(7) writes it: `November 23, 2026`.
  package let date: String
  package let summary: String
  /// Accepted before and after every command; among them `Switch.help` and `Switch.version`.
  package let globalOptions: [OptionSpec]
  package let commands: [CommandSpec]
  package let topics: [Topic]
  /// What man pages say of files.
  package let files: [FileSpec]

  package init(
    name: String, version: String, date: String, summary: String, globalOptions: [OptionSpec],
    commands: [CommandSpec], topics: [Topic] = [], files: [FileSpec] = []
  ) {
    self.name = name
    self.version = version
    self.date = date
    self.summary = summary
    self.globalOptions = globalOptions
    self.commands = commands
    self.topics = topics
    self.files = files
  }

  /// Every command with those above it, in the order of the table, parents first.
  package var paths: [[CommandSpec]] { commands.flatMap(\.paths) }
}

/// A command: either it takes arguments and runs, or it has subcommands.
///
/// Its lists are made when they are asked for: a start pays for those of the command that is typed.
package struct CommandSpec: Sendable {
  package typealias Maker<Element> = @Sendable () -> [Element]

  package let name: String
  /// One line without a final period, of at most 72 characters.
  package let summary: String
  /// What full help says first.
  ///
  /// Paragraphs are parted by empty lines, indented lines stay as they are.
  package let discussion: String
  /// Known to the parser alone: nothing lists it.
  package let isHidden: Bool
  private let makeArguments: Maker<ArgumentSpec>
  private let makeOptions: Maker<OptionSpec>
  private let makeExamples: Maker<Example>
  private let makeSubcommands: Maker<CommandSpec>

  package init(
    name: String, summary: String, discussion: String = "", isHidden: Bool = false,
    arguments: @autoclosure @escaping Maker<ArgumentSpec> = [],
    options: @autoclosure @escaping Maker<OptionSpec> = [],
    examples: @autoclosure @escaping Maker<Example> = [],
    subcommands: @autoclosure @escaping Maker<CommandSpec> = []
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.isHidden = isHidden
    makeArguments = arguments
    makeOptions = options
    makeExamples = examples
    makeSubcommands = subcommands
  }

  package var arguments: [ArgumentSpec] { makeArguments() }
  package var options: [OptionSpec] { makeOptions() }
  package var examples: [Example] { makeExamples() }
  package var subcommands: [CommandSpec] { makeSubcommands() }

  fileprivate var paths: [[CommandSpec]] {
    [[self]] + subcommands.flatMap(\.paths).map { [self] + $0 }
  }
}

/// A positional argument of a command.
package struct ArgumentSpec: Sendable {
  /// How many words it takes; only a command's last argument may take other than one.
  package enum Arity: Sendable { case one, optional, any, many }

  /// In capitals, as `GROUP`.
  package let name: String
  package let kind: ValueKind
  package let arity: Arity
  package let summary: String

  package init(_ name: String, kind: ValueKind, arity: Arity = .one, summary: String) {
    self.name = name
    self.kind = kind
    self.arity = arity
    self.summary = summary
  }

  /// How a usage line shows it: `GROUP`, `[GROUP]`, `[GROUP...]` or `GROUP...`.
  package var usage: String {
    switch arity {
    case .one: name
    case .optional: "[\(name)]"
    case .any: "[\(name)...]"
    case .many: "\(name)..."
    }
  }
}

/// A command line worth copying: it begins with the tool, or pipes into it, and it parses.
package struct Example: Sendable {
  package let command: String
  package let explanation: String

  package init(_ command: String, explanation: String) {
    self.command = command
    self.explanation = explanation
  }
}

/// A page of help that belongs to no single command, as `help exit-codes`.
package struct Topic: Sendable {
  package let name: String
  package let summary: String
  /// Paragraphs are parted by empty lines, indented lines stay as they are.
  package let text: String
  package let manual: Manual

  /// Where its text stands in the man pages.
  package enum Manual: Sendable {
    /// In the tool's page, under a heading in capitals.
    case heading(String)
    case page(name: String, section: Int)
    /// A page of section 7 that is named after it.
    case ownPage
  }

  package init(_ name: String, summary: String, manual: Manual = .ownPage, text: String) {
    self.name = name
    self.summary = summary
    self.manual = manual
    self.text = text
  }

  var heading: String? {
    if case .heading(let heading) = manual { heading } else { nil }
  }
}

/// A file that the tool looks for by itself.
package struct FileSpec: Sendable {
  package let path: String
  package let summary: String

  package init(_ path: String, summary: String) {
    self.path = path
    self.summary = summary
  }
}
