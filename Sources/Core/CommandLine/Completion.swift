/// What may stand where an unfinished command line ends; the shells' scripts ask for it.
package struct Completion {
  package struct Candidate: Equatable, Sendable {
    package let value: String
    /// May be empty.
    package let description: String

    package init(_ value: String, description: String = "") {
      self.value = value
      self.description = description
    }

    /// Whether the word may go on behind it, as behind a folder.
    package var isOpen: Bool { value.hasSuffix("/") }
  }

  package enum Offer: Equatable {
    /// Known from the specification alone.
    case candidates([Candidate])
    case values(of: ValueKind)
  }

  /// What stands before the value in the last word: `--redis=`, or nothing.
  package let head: String
  /// What is typed of the value.
  package let prefix: String
  package let offer: Offer
  /// The words before, as far as they are in order.
  package let arguments: ParsedArguments
}

extension Specification {
  /// - Parameter words: those behind the tool's own name; the last is the one to complete.
  package func completion(
    of words: [String], environment: (String) -> String?
  ) -> Completion {
    var parser = ArgumentParser(
      specification: self, rest: words.dropLast()[...], options: globalOptions)
    let waiting = parser.readLeniently()
    let word = words.last ?? ""
    let (head, prefix, offer) = parser.offer(for: word, valueOf: waiting)
    return Completion(
      head: head, prefix: prefix, offer: offer, arguments: parser.arguments(environment))
  }
}

extension ArgumentParser {
  /// Reads what is in order, and passes over the rest.
  ///
  /// - Returns: the option that the next word is the value of.
  fileprivate mutating func readLeniently() -> OptionSpec? {
    while let argument = rest.popFirst() {
      do {
        _ = try read(argument)
      } catch .missingValue(let name, _, nil) {
        return option(name)
      } catch {
        continue
      }
    }
    return nil
  }

  fileprivate func offer(
    for word: String, valueOf option: OptionSpec?
  ) -> (head: String, prefix: String, Completion.Offer) {
    if let option { return ("", word, values(of: option.kind)) }
    guard !isPastOptions, word.hasPrefix("-") else { return ("", word, positional) }
    let (name, value) = split(word)
    guard let value else { return ("", word, .candidates(optionCandidates(for: word))) }
    guard let option = self.option(name), option.placeholder != nil else {
      return ("", word, .candidates([]))
    }
    return ("\(name)=", value, values(of: option.kind))
  }

  private func option(_ name: String) -> OptionSpec? {
    options.first { $0.long == name || $0.short.map { "-\($0)" } == name }
  }

  private func values(of kind: ValueKind) -> Completion.Offer {
    switch kind {
    case .choice(let choices): .candidates(choices.map { Completion.Candidate($0) })
    case .command: .candidates(pages)
    default: .values(of: kind)
    }
  }

  /// What may be typed once more or for the first time; a short form only where it is all there.
  private func optionCandidates(for word: String) -> [Completion.Candidate] {
    let open = options.filter { option in
      option.rank != .rare && (option.isRepeatable || !typed.contains { $0.name == option.name })
    }
    let short = open.filter { $0.short.map { "-\($0)" } == word }
    return short.map { _ in .init(word) } + open.map { .init($0.long, description: $0.summary) }
  }

  private var positional: Completion.Offer {
    let commands = path.last?.subcommands ?? specification.commands
    guard commands.isEmpty else { return .candidates(Self.candidates(commands)) }
    let arguments = path.last?.arguments ?? []
    let isOpen = [.any, .many].contains(arguments.last?.arity)
    let place = isOpen ? min(positionals.count, arguments.count - 1) : positionals.count
    guard arguments.indices.contains(place) else { return .candidates([]) }
    return values(of: arguments[place].kind)
  }

  /// What `help` takes behind the words typed.
  private var pages: [Completion.Candidate] {
    var commands = specification.commands
    for word in positionals {
      commands = commands.first { $0.name == word }?.subcommands ?? []
    }
    let topics = positionals.isEmpty ? specification.topics : []
    return Self.candidates(commands) + topics.map { .init($0.name, description: $0.summary) }
  }

  private static func candidates(_ commands: [CommandSpec]) -> [Completion.Candidate] {
    commands.filter { !$0.isHidden }.map { .init($0.name, description: $0.summary) }
  }
}
