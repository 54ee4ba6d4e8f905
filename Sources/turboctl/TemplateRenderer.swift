import Core

/// Renders templates by name.
struct TemplateRenderer {
  let engine: Engine
  /// Whether white space at both ends goes.
  let isStripped: Bool

  func render(
    _ name: String, _ context: Object, _ deadline: Deadline
  ) throws(CommandError) -> String {
    let limit = RenderingLimit(deadline)
    do {
      let output = try engine.render(try engine.template(named: name), context, within: limit)
      let text = String(decoding: output, as: UTF8.self)
      return isStripped ? text.strippedAsPython : text
    } catch {
      throw .template(
        error, source: error.location.flatMap { engine.source(of: $0) },
        meant: engine.meant(by: error)
      )
    }
  }
}

extension Engine {
  /// Files that are looked through for a name that may have been meant, in each folder.
  private static var searchLimit: Int { 2000 }

  /// The template that was most likely meant by a name that no folder has.
  func meant(by error: TemplateError) -> String? {
    guard case .doesNotExist(let name, _) = error.reason else { return nil }
    let names = settings.directories.flatMap { FileNames.below($0, limit: Self.searchLimit) }
    let same = names.filter { $0.hasSuffix("/\(name)") }
    return same.count == 1 ? same[0] : Suggestions.nearest(to: name, among: names)
  }
}

extension RenderingLimit {
  /// Nil where there is no deadline.
  init?(_ deadline: Deadline) {
    guard let seconds = deadline.seconds else { return nil }
    self.init(seconds: seconds) { deadline.hasPassed }
  }
}

extension String {
  /// Without white space at both ends, as `str.strip()` leaves it.
  fileprivate var strippedAsPython: String {
    let kept = unicodeScalars.drop(while: \.isPythonSpace)
    let end = kept.lastIndex { !$0.isPythonSpace }
    return String(kept[..<(end.map { kept.index(after: $0) } ?? kept.startIndex)])
  }
}

extension UnicodeScalar {
  /// Python counts four separators that Unicode does not.
  fileprivate var isPythonSpace: Bool {
    properties.isWhitespace || (0x1C...0x1F).contains(value)
  }
}
