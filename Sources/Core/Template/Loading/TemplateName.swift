/// Names of templates: `./` and `../` are relative to the template that names another.
package enum TemplateName {
  /// The name as it is from the search path (`construct_relative_path`).
  package static func absolute(
    _ name: String, from template: String?, allowsItself: Bool = false
  ) throws(TemplateError.Reason) -> String {
    // Most names are not relative, and are looked at for each row of a page.
    guard let first = name.utf8.first, ".'\"".utf8.contains(first) else { return name }
    let bare = name.stripped { $0 == "'" || $0 == "\"" }
    guard bare.utf8.starts(with: "./".utf8) || bare.utf8.starts(with: "../".utf8) else {
      return name
    }
    guard let template else { throw .relativeToNothing(name) }
    let base = String(template.unicodeScalars.drop { $0 == "/" })
    let folder = base.parts(separatedBy: "/").dropLast()
    let parts = normalized(folder + bare.parts(separatedBy: "/"))
    guard parts.first != ".." else { throw .relativeOutside(name, from: template) }
    let joined = parts.isEmpty ? "." : parts.joined(separator: "/")
    guard allowsItself || !joined.hasSameBytes(as: base) else {
      throw .relativeToItself(name, from: template)
    }
    let isQuoted = name.utf8.first != bare.utf8.first && name.utf8.first == name.utf8.last
    return isQuoted ? "\"\(joined)\"" : joined
  }

  /// The same for a name that a variable gave.
  package static func named(
    _ name: String, from template: String?
  ) throws(TemplateError) -> String {
    do {
      return try absolute(name, from: template)
    } catch {
      throw TemplateError(error, at: nil)
    }
  }

  /// The parts of a path without `.`, and without `..` where there is a folder to leave.
  package static func normalized(_ parts: some Sequence<String>) -> [String] {
    var result: [String] = []
    for part in parts {
      switch part {
      case "", ".": break
      case ".." where !(result.last ?? "..").hasSameBytes(as: ".."): result.removeLast()
      default: result.append(part)
      }
    }
    return result
  }
}

extension Parser {
  /// Notes the template that a tag names, where it is a constant; `typed` is the name in the tag.
  mutating func noteTemplate(
    _ expression: FilterExpression, typed: String, isParent: Bool = false
  ) {
    guard let name = expression.constant else { return }
    let isRelative = [".", "\".", "'."].contains(where: typed.hasPrefix)
    note(
      .template(name, isRelative: isRelative, isParent: isParent), at: expression.location)
  }

  /// The name of another template as a tag gives it, quotes and all.
  func absoluteName(
    _ name: String, in token: Token, allowsItself: Bool = false
  ) throws(TemplateError) -> String {
    do {
      return try TemplateName.absolute(name, from: template, allowsItself: allowsItself)
    } catch {
      throw token.error(error)
    }
  }
}
