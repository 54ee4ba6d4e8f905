extension Specification {
  /// Reads the arguments after the tool's own name.
  ///
  /// What is typed is checked against its kind here, so that nothing runs half way; what the
  /// environment gives, when it is asked for.
  package func parse(
    _ arguments: [String], environment: (String) -> String?
  ) throws(UsageError) -> ParseResult {
    var parser = ArgumentParser(
      specification: self, rest: arguments[...], options: globalOptions)
    if let answer = try parser.readAll() { return answer }
    return try parser.result(environment)
  }
}

/// The state between two arguments.
struct ArgumentParser {
  let specification: Specification
  var rest: ArraySlice<String>
  /// The options that may stand at this point.
  var options: [OptionSpec]
  var path: [CommandSpec] = []
  var positionals: [String] = []
  var typed: [TypedOption] = []
  /// Whether `--` was read.
  var isPastOptions = false

  var names: [String] { path.map(\.name) }

  /// Reads to the end, or to an option that asks for help or the version.
  mutating func readAll() throws(UsageError) -> ParseResult? {
    while let argument = rest.popFirst() {
      if let answer = try read(argument) { return answer }
    }
    return nil
  }

  mutating func read(_ argument: String) throws(UsageError) -> ParseResult? {
    if isPastOptions || argument == "-" || !argument.hasPrefix("-") {
      try read(word: argument)
    } else if argument == "--" {
      isPastOptions = true
    } else {
      return try argument.hasPrefix("--") ? read(long: argument) : read(shorts: argument)
    }
    return nil
  }

  mutating func read(word: String) throws(UsageError) {
    let commands = path.last?.subcommands ?? specification.commands
    if commands.isEmpty {
      positionals.append(word)
    } else {
      let command = try command(word, among: commands, of: names)
      path.append(command)
      options.insert(
        contentsOf: command.options, at: options.count - specification.globalOptions.count)
    }
  }

  mutating func read(long argument: String) throws(UsageError) -> ParseResult? {
    let (name, value) = split(argument)
    guard let spec = options.first(where: { $0.long == name }) else { throw unknown(name) }
    return try note(spec, typed: name, attached: value)
  }

  mutating func read(shorts argument: String) throws(UsageError) -> ParseResult? {
    let name = split(argument).name
    // `-target` would set `-t` to `arget`, which nobody means.
    if options.contains(where: { $0.long == "-\(name)" }) {
      throw .unknownOption(typed: name, of: names, suggestion: "-\(name)", commands: [])
    }
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      guard let spec = options.first(where: { $0.short == letter }) else {
        throw unknown("-\(letter)", in: name)
      }
      var attached: String?
      if letters.first == "=" || spec.placeholder != nil && !letters.isEmpty {
        attached = String(letters.first == "=" ? letters.dropFirst() : letters)
        letters = ""
      }
      if let answer = try note(spec, typed: "-\(letter)", attached: attached) { return answer }
    }
    return nil
  }

  mutating func note(
    _ spec: OptionSpec, typed name: String, attached: String?
  ) throws(UsageError) -> ParseResult? {
    if spec.placeholder == nil, attached != nil { throw .unexpectedValue(option: name) }
    switch spec.name {
    case Switch.help.spec.name: return .help(path: path, isLong: name != "-h")
    case Switch.version.spec.name: return .version
    default: break
    }
    var value: String?
    if let placeholder = spec.placeholder {
      let text: String
      if let attached { text = attached } else { text = try nextValue(for: name, placeholder) }
      guard spec.kind.accepts(text) else {
        throw .invalidValue(of: name, value: text, expected: spec.kind)
      }
      value = text
    }
    typed.append(TypedOption(name: spec.name, typed: name, value: value))
    return nil
  }

  /// The next argument whatever it begins with, unless that is itself an option of this command.
  mutating func nextValue(for name: String, _ placeholder: String) throws(UsageError) -> String {
    let next = rest.first
    let isOption = next?.hasPrefix("--") == true && options.contains { $0.long == next }
    guard let value = next, !isOption else {
      throw .missingValue(option: name, placeholder: placeholder, next: next)
    }
    rest.removeFirst()
    return value
  }
}

extension ArgumentParser {
  /// What the arguments amount to once all are read.
  func result(_ environment: (String) -> String?) throws(UsageError) -> ParseResult {
    guard let command = path.last, command.subcommands.isEmpty else {
      let commands = path.last?.subcommands ?? specification.commands
      throw .missingCommand(of: names, among: commands.filter { !$0.isHidden }.map(\.name))
    }
    if names == ["help"] { return try help() }
    try check(positionals, against: command.arguments)
    return .run(arguments(environment))
  }

  func arguments(_ environment: (String) -> String?) -> ParsedArguments {
    ParsedArguments(
      command: names, positionals: positionals, options: typed, fallbacks: fallbacks(environment))
  }

  private func help() throws(UsageError) -> ParseResult {
    let isManual = typed.contains { $0.name == Switch.manual.spec.name }
    if positionals.count == 1,
      let topic = specification.topics.first(where: { $0.name == positionals[0] })
    {
      return isManual ? .manual(.topic(topic)) : .topic(topic)
    }
    var path: [CommandSpec] = []
    for word in positionals {
      let commands = path.last?.subcommands ?? specification.commands
      path.append(try command(word, among: commands, of: path.map(\.name)))
    }
    return isManual ? .manual(.command(path)) : .help(path: path, isLong: true)
  }

  private func check(
    _ positionals: [String], against arguments: [ArgumentSpec]
  ) throws(UsageError) {
    var rest = positionals[...]
    for argument in arguments {
      let isMany = argument.arity == .any || argument.arity == .many
      let words = rest.prefix(isMany ? rest.count : 1)
      rest = rest.dropFirst(words.count)
      if words.isEmpty, argument.arity == .one || argument.arity == .many {
        throw .missingArgument(argument.name, of: names)
      }
      for word in words where !argument.kind.accepts(word) {
        throw .invalidValue(of: argument.name, value: word, expected: argument.kind)
      }
    }
    if let extra = rest.first { throw .unexpectedArgument(extra, of: names) }
  }

  private func fallbacks(_ environment: (String) -> String?) -> [FallbackOption] {
    var fallbacks: [FallbackOption] = []
    for option in options where !typed.contains(where: { $0.name == option.name }) {
      for variable in option.environment {
        guard let value = environment(variable), !value.isEmpty else { continue }
        fallbacks.append(
          FallbackOption(name: option.name, origin: "$\(variable)", value: value))
        break
      }
    }
    return fallbacks
  }

  private func command(
    _ word: String, among commands: [CommandSpec], of path: [String]
  ) throws(UsageError) -> CommandSpec {
    if let command = commands.first(where: { $0.name == word }) { return command }
    throw .unknownCommand(
      typed: word, of: path,
      suggestion: Suggestions.nearest(
        to: word, among: commands.filter { !$0.isHidden }.map(\.name)))
  }

  /// The error for an option that is none here; `argument` is the whole that was typed.
  func unknown(_ name: String, in argument: String? = nil) -> UsageError {
    let meant = String((argument ?? name).drop { $0 == "-" })
    let owners = specification.paths.filter { path in
      path.last?.options.contains { $0.long == name || "-\($0.short ?? "-")" == name } ?? false
    }
    return .unknownOption(
      typed: name, of: names,
      suggestion: Suggestions.nearest(to: meant, among: options.map(\.name)).map { "--\($0)" },
      commands: owners.map { $0.map(\.name).joined(separator: " ") })
  }
}

/// An argument before and after its first `=`.
func split(_ argument: String) -> (name: String, value: String?) {
  guard let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
  return (String(argument[..<equals]), String(argument[equals...].dropFirst()))
}
