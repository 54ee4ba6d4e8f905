/// Why a template cannot be loaded, parsed or rendered, and where.
package struct TemplateError: Error, Equatable, Sendable {
  package let reason: Reason
  /// Nil where no template was read yet.
  package let location: Location?

  package struct Location: Equatable, Sendable {
    /// The name by which the template was asked for; nil where it was given as text.
    package let template: String?
    /// Of the tag or variable, in bytes from the start of the template.
    package let offset: Int

    package init(template: String?, offset: Int) {
      self.template = template
      self.offset = offset
    }

    /// Line and column in the source of the template, both from 1; a column is a character.
    package func position(in source: [UInt8]) -> (line: Int, column: Int) {
      let before = source.prefix(offset)
      let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let characters = lines.last?.count { !UTF8.isContinuation($0) } ?? 0
      return (lines.count, characters + 1)
    }
  }

  package init(_ reason: Reason, at location: Location?) {
    self.reason = reason
    self.location = location
  }

  /// The error at a place, where it has none of its own.
  func located(at location: Location) -> TemplateError {
    TemplateError(reason, at: self.location ?? location)
  }
}

extension TemplateError {
  package enum Reason: Error, Equatable, Sendable {
    /// What Python would raise: the name of the exception, and its text.
    case exception(_ type: String, _ message: String)
    /// The tags and filters do not follow the language; the text is Django's.
    case syntax(String)
    /// `expected` are the tags that could stand there, `known` all that are loaded.
    case invalidBlockTag(String, line: Int, expected: [String], known: [String])
    case unclosedTag(String, line: Int, lookingFor: [String])
    case invalidFilter(String, known: [String])
    case unknownLibrary(String, known: [String])
    case noReverseMatch(String)
    /// An argument of a filter is a variable that the context lacks.
    case missingVariable(String)
    /// The context lacks a variable, and variables are strict.
    case undefinedVariable(String)
    /// No folder of the search path has it, or may give it.
    case doesNotExist(String, tried: [Attempt])
    case noneExists([String])
    case noNames
    case unreadable(String, reason: String)
    case invalidUTF8(String, offset: Int)
    case fileTooLarge(String, limit: Int)
    case outputTooLarge(limit: Int)
    case tooSlow(seconds: Double)
    /// Templates include or extend one another too deeply.
    case tooManyTemplates(limit: Int)
    /// The same, since a template comes back to itself.
    case templateCycle(String, limit: Int)
    /// Tags, or the operators of a condition.
    case nestedTooDeeply
  }

  /// A file that was looked for, and why it is not the template.
  package struct Attempt: Equatable, Sendable {
    package enum Cause: Sendable {
      case missing
      /// The folder itself is not there; the path is the folder's.
      case noFolder
      /// A link to what is not there.
      case danglingLink
      /// Links that lead back to themselves.
      case linkLoop
      /// Absolute, above its folder, or behind a link that leads out of it.
      case outside
      case notAFile
      /// It extends, by way of others, the template that asks for it.
      case extended
    }

    package let path: String
    package let cause: Cause
  }
}
