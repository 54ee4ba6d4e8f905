extension UsageError {
  /// One line without a final period; the caller escapes control characters.
  package var message: String {
    switch self {
    case .missingCommand(let path, _): "no command given\(place(path))"
    case .unknownCommand(let typed, let path, _): "unknown command \(quoted(typed))\(place(path))"
    case .unknownOption(let typed, let path, _, _): "unknown option \(quoted(typed))\(place(path))"
    case .missingValue(let option, let placeholder, _): "missing value for \(option) \(placeholder)"
    case .unexpectedValue(let option): "\(option) takes no value"
    case .invalidValue(let name, let value, let kind):
      "\(name): \(quoted(value)) is not \(kind.noun)"
    case .missingArgument(let name, let path): "missing argument \(name)\(place(path))"
    case .unexpectedArgument(let word, let path):
      "unexpected argument \(quoted(word))\(place(path))"
    case .conflict(let one, let other): "\(one) and \(other) exclude each other"
    case .invalid(let what, let detail, _), .misconfigured(let what, let detail, _):
      "\(what): \(detail)"
    }
  }

  /// What may help, in one line without a final period.
  package var hint: String? {
    switch self {
    case .missingCommand(_, let commands): "one of \(commands.joined(separator: ", "))"
    case .unknownCommand(_, _, let suggestion): suggestion.map(didYouMean)
    case .unknownOption(let typed, let path, let suggestion, let commands):
      join(suggestion.map(didYouMean), owners(of: typed, commands, isBeforeCommand: path.isEmpty))
    case .missingValue(let option, _, let next):
      next.map { "\(quoted("\(option)=\($0)")) makes \(quoted($0)) the value" }
    case .invalidValue(_, let value, .choice(let choices)):
      Suggestions.nearest(to: value, among: choices).map(didYouMean)
    case .invalid(_, _, let hint), .misconfigured(_, _, let hint): hint
    case .unexpectedValue, .invalidValue, .missingArgument, .unexpectedArgument, .conflict: nil
    }
  }
}

extension ValueKind {
  /// What a value should be, after "is not".
  fileprivate var noun: String {
    switch self {
    case .integer(let bounds):
      switch (bounds.lowerBound, bounds.upperBound) {
      case (...0, .max): "a whole number"
      case (let least, .max): "a whole number of \(least) or more"
      case (let least, let most): "a whole number from \(least) to \(most)"
      }
    case .seconds: "a duration such as 10, 500ms, 5s, 2m or 1h"
    case .wholeSeconds: "a duration of whole seconds such as 60, 5s, 2m or 1h"
    case .rate: "a rate such as 100 or 100/s"
    case .choice(let choices): "one of \(choices.joined(separator: ", "))"
    case .keyValue: "KEY=VALUE"
    case .text, .file, .directory, .json, .url, .action, .group, .chat, .channel, .template,
      .layer, .command:
      "valid"
    }
  }
}

private func place(_ path: [String]) -> String {
  path.isEmpty ? "" : " for \(path.joined(separator: " "))"
}

private func quoted(_ text: String) -> String { "'\(Secrets.redacted(text))'" }

private func didYouMean(_ name: String) -> String { "did you mean \(quoted(name))?" }

private func owners(of option: String, _ commands: [String], isBeforeCommand: Bool) -> String? {
  guard !commands.isEmpty else { return nil }
  let owners = "\(quoted(option)) is an option of \(commands.joined(separator: ", "))"
  return isBeforeCommand ? "\(owners), and stands after the command" : owners
}

private func join(_ parts: String?...) -> String? {
  let parts = parts.compactMap { $0 }
  return parts.isEmpty ? nil : parts.joined(separator: " ")
}
