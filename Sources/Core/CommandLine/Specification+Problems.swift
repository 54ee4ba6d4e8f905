extension Specification {
  /// What in the table breaks the rules of the house, a line each; none where it is in order.
  package func problems() -> [String] {
    var checker = Checker(specification: self)
    checker.checkSummary(summary, at: name)
    checker.checkOptions(globalOptions, at: "global options")
    checker.checkUnique(commands.map(\.name) + topics.map(\.name), at: name)
    for option in [Switch.help, .version] {
      checker.require(
        globalOptions.contains { $0.name == option.spec.name }, name, "has no \(option.spec.long)")
    }
    for path in paths { checker.checkCommand(path) }
    for topic in topics {
      checker.checkName(topic.name, at: "topic \(topic.name)")
      checker.checkSummary(topic.summary, at: "topic \(topic.name)")
      checker.checkMentions(topic.text, at: "topic \(topic.name)")
    }
    return checker.problems
  }
}

private struct Checker {
  let specification: Specification
  /// Every option of the tool, as `--target`.
  let known: Set<String>
  var problems: [String] = []

  init(specification: Specification) {
    self.specification = specification
    let all = specification.globalOptions + specification.paths.flatMap { $0.last?.options ?? [] }
    known = Set(all.map(\.long))
  }

  mutating func require(_ isFulfilled: Bool, _ place: String, _ problem: String) {
    if !isFulfilled { problems.append("\(place): \(problem)") }
  }

  mutating func checkCommand(_ path: [CommandSpec]) {
    guard let command = path.last else { return }
    let place = path.map(\.name).joined(separator: " ")
    let visible = path.flatMap(\.options) + specification.globalOptions
    checkName(command.name, at: place)
    checkSummary(command.summary, at: place)
    checkMentions(command.discussion, at: place)
    checkOptions(command.options, at: place)
    checkUnique(visible.map(\.long) + visible.compactMap { $0.short.map { "-\($0)" } }, at: place)
    checkUnique(command.subcommands.map(\.name), at: place)
    require(
      command.subcommands.isEmpty || command.arguments.isEmpty, place,
      "takes both arguments and commands")
    for argument in command.arguments {
      checkPlaceholder(argument.name, at: "\(place) \(argument.name)")
      checkSummary(argument.summary, at: "\(place) \(argument.name)")
    }
    for argument in command.arguments.dropLast() {
      require(argument.arity == .one, "\(place) \(argument.name)", "is not last and not one word")
    }
    for example in command.examples { checkExample(example, at: place) }
  }

  mutating func checkOptions(_ options: [OptionSpec], at place: String) {
    for option in options {
      let place = "\(place) \(option.long)"
      checkName(option.name, at: place)
      checkSummary(option.summary, at: place)
      let isShort = option.short.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? true
      require(isShort, place, "its short form is not an ASCII letter or digit")
      checkMentions(option.details, at: place)
      require(!option.section.isEmpty, place, "stands under no heading")
      if let placeholder = option.placeholder { checkPlaceholder(placeholder, at: place) }
      guard case .choice(let choices) = option.kind else { continue }
      require(option.placeholder != nil, place, "is a switch with choices")
      checkUnique(choices, at: place)
      require(
        option.defaultValue.map(choices.contains) ?? true, place, "its default is not a choice")
    }
  }

  mutating func checkName(_ name: String, at place: String) {
    let isPlain = name.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
    require(
      isPlain && !name.isEmpty && !name.hasPrefix("-") && !name.hasSuffix("-"), place,
      "'\(name)' is not lower-case letters, digits and inner dashes")
  }

  mutating func checkSummary(_ summary: String, at place: String) {
    require(!summary.isEmpty, place, "has no summary")
    require(!summary.contains { $0.isNewline }, place, "its summary is not one line")
    require(summary.count <= 72, place, "its summary has \(summary.count) characters, not 72")
    require(!summary.hasSuffix("."), place, "its summary ends with a period")
  }

  /// Prose speaks of options that exist, so that none outlives a change of name.
  mutating func checkMentions(_ text: String, at place: String) {
    let words = text.split { !($0.isLowercase || $0.isNumber || $0 == "-") }
    for word in words where word.hasPrefix("--") && word.last != "-" {
      require(known.contains(String(word)), place, "mentions \(word), which is no option")
    }
  }

  mutating func checkPlaceholder(_ placeholder: String, at place: String) {
    require(
      !placeholder.isEmpty && placeholder.allSatisfy { $0.isASCII && !$0.isLowercase }, place,
      "its placeholder '\(placeholder)' is not in capitals")
  }

  mutating func checkUnique(_ names: [String], at place: String) {
    for (index, name) in names.enumerated() {
      require(!names[..<index].contains(name), place, "has '\(name)' twice")
    }
  }

  /// The tool begins the example or a later part of its pipe, and each such part parses.
  mutating func checkExample(_ example: Example, at place: String) {
    let place = "\(place) example '\(example.command)'"
    let parts = ShellWords.pipe(example.command).filter { $0.first == specification.name }
    require(!parts.isEmpty, place, "does not run \(specification.name)")
    require(!example.explanation.isEmpty, place, "is not explained")
    for part in parts {
      do {
        _ = try specification.parse(Array(part.dropFirst())) { _ in nil }
      } catch {
        problems.append("\(place): \(error.message)")
      }
    }
  }
}
