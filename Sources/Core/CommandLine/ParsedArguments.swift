/// What came of a command line that is in order.
package enum ParseResult: Sendable {
  case run(ParsedArguments)
  /// Help on the command at the end of the path; on the tool itself where the path is empty.
  case help(path: [CommandSpec], isLong: Bool)
  case topic(Topic)
  case manual(ManualPage.Subject)
  case version
}

/// An option as it stood on the command line.
package struct TypedOption: Sendable, Equatable {
  package let name: String
  /// With its dashes, `-t` or `--target`.
  package let typed: String
  /// `nil` for a switch.
  package let value: String?
}

/// What the environment gives to an option that was not typed.
struct FallbackOption {
  let name: String
  /// `$VARIABLE`.
  let origin: String
  let value: String
}

/// A command line after parsing: which command, and what was given to it.
package struct ParsedArguments: Sendable {
  /// As `["chats", "list"]`.
  package let command: [String]
  package let positionals: [String]
  /// In the order typed, for options whose order among each other counts.
  package let options: [TypedOption]
  private let fallbacks: [FallbackOption]
  /// What the configuration file says, and its path; empty and nil where there is none.
  package private(set) var settings: Object = [:]
  package private(set) var settingsFile: String?

  init(
    command: [String], positionals: [String], options: [TypedOption],
    fallbacks: [FallbackOption]
  ) {
    self.command = command
    self.positionals = positionals
    self.options = options
    self.fallbacks = fallbacks
  }
}

extension ParsedArguments {
  /// The last value typed, or else the environment's.
  ///
  /// Throws only for a value in the environment, since what is typed was checked at once.
  package subscript<Value>(option: Option<Value>) -> Value? {
    get throws(UsageError) { try all(option).last }
  }

  /// Every value typed, in order, or else the environment's one.
  package func all<Value>(_ option: Option<Value>) throws(UsageError) -> [Value] {
    try texts(of: option.spec).map { (origin, text) throws(UsageError) in
      guard option.spec.kind.accepts(text), let value = option.read(text) else {
        throw .invalidValue(of: origin, value: text, expected: option.spec.kind)
      }
      return value
    }
  }

  package func count(_ option: Switch) -> Int {
    options.count { $0.name == option.spec.name }
  }

  package func contains(_ option: Switch) -> Bool { count(option) > 0 }

  /// Whether it stands on the command line, and not only in the environment.
  package func wasTyped<Value>(_ option: Option<Value>) -> Bool {
    options.contains { $0.name == option.spec.name }
  }

  /// Where the value is from: the option as typed, or `$VARIABLE`.
  package func origin<Value>(of option: Option<Value>) -> String? {
    texts(of: option.spec).last?.origin
  }

  /// The same with what a configuration file says.
  package func with(settings: Object, of file: String) -> ParsedArguments {
    var arguments = self
    arguments.settings = settings
    arguments.settingsFile = file
    return arguments
  }

  /// The same without what was typed of some options.
  package func without(_ specs: [OptionSpec]) -> ParsedArguments {
    ParsedArguments(
      command: command, positionals: positionals,
      options: options.filter { option in !specs.contains { $0.name == option.name } },
      fallbacks: fallbacks)
  }

  /// Refuses two different options of these on one command line.
  package func requireAtMostOne(of specs: [OptionSpec]) throws(UsageError) {
    let given = options.filter { option in specs.contains { $0.name == option.name } }
    guard let first = given.first, let other = given.first(where: { $0.name != first.name })
    else { return }
    throw .conflict(first.typed, other.typed)
  }

  private func texts(of spec: OptionSpec) -> [(origin: String, text: String)] {
    let typed = options.filter { $0.name == spec.name }
      .map { (origin: $0.typed, text: $0.value ?? "") }
    guard typed.isEmpty, let fallback = fallbacks.first(where: { $0.name == spec.name })
    else { return typed }
    return [(fallback.origin, fallback.value)]
  }
}
