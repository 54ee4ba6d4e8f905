extension TemplateError {
  /// What is wrong, as Django words it.
  package var message: String {
    switch reason {
    case .exception(let type, let message): "\(type): \(message)"
    case .syntax(let message), .noReverseMatch(let message): message
    case .invalidBlockTag(let name, let line, let expected, _):
      "Invalid block tag on line \(line): '\(name)'\(Self.expectation(expected)). "
        + "Did you forget to register or load this tag?"
    case .unclosedTag(let name, let line, let tags):
      "Unclosed tag on line \(line): '\(name)'. "
        + "Looking for one of: \(tags.joined(separator: ", "))."
    case .invalidFilter(let name, _): "Invalid filter: '\(name)'"
    case .unknownLibrary(let name, let known):
      "'\(name)' is not a registered tag library. Must be one of: "
        + known.joined(separator: ", ")
    case .missingVariable(let name): "Failed lookup for key [\(name)]"
    case .undefinedVariable(let name): "the context has no variable '\(name)'"
    case .doesNotExist(let name, let tried): Self.missing(name, tried)
    case .noneExists(let names): names.joined(separator: ", ")
    case .noNames: "No template names provided"
    case .unreadable(let name, let reason): "template '\(name)' cannot be read: \(reason)"
    case .invalidUTF8(let name, let offset):
      "template '\(name)' is not UTF-8 at byte \(offset)"
    case .fileTooLarge(let name, let limit):
      "template '\(name)' is larger than \(limit >> 20) MB"
    case .tooSlow(let seconds):
      "rendering was not done within \(seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)") s"
    case .outputTooLarge(let limit): "the output is larger than \(limit >> 20) MB"
    case .tooManyTemplates(let limit):
      "templates include or extend one another more than \(limit) deep"
    case .templateCycle(let name, let limit):
      "template '\(name)' includes itself more than \(limit) deep"
    case .nestedTooDeeply: "tags are nested too deeply"
    }
  }

  /// What could have been meant; nil where nothing is near.
  package var hint: String? {
    switch reason {
    case .invalidBlockTag(let name, _, _, let known):
      Library.homes(ofTag: name).map { "{% load \($0) %} brings it in" }
        ?? Self.suggestion(for: name, among: known)
    case .invalidFilter(let name, let known):
      Library.homes(ofFilter: name).map { "{% load \($0) %} brings it in" }
        ?? Self.suggestion(for: name, among: known)
    case .unknownLibrary(let name, let known): Self.suggestion(for: name, among: known)
    default: nil
    }
  }

  private static func expectation(_ tags: [String]) -> String {
    let quoted = tags.map { "'\($0)'" }
    guard let last = quoted.last else { return "" }
    let others = quoted.dropLast().joined(separator: ", ")
    return ", expected " + (others.isEmpty ? last : "\(others) or \(last)")
  }

  private static func suggestion(for name: String, among known: [String]) -> String? {
    Suggestions.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
  }

  private static func missing(_ name: String, _ tried: [Attempt]) -> String {
    let causes = tried.compactMap { attempt -> String? in
      switch attempt.cause {
      case .missing: nil
      case .noFolder: "there is no folder \(attempt.path)"
      case .danglingLink: "\(attempt.path) is a link to what is not there"
      case .linkLoop: "\(attempt.path) is a link that leads back to itself"
      case .outside: "\(attempt.path) is outside of its folder"
      case .notAFile: "\(attempt.path) is not a file"
      case .extended: "\(attempt.path) would extend itself"
      }
    }
    return causes.isEmpty ? name : "\(name) (\(causes.joined(separator: ", ")))"
  }
}
