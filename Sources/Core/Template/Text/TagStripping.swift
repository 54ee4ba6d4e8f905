extension String {
  /// How often tags may come to light behind other tags.
  private static let passLimit = 50

  /// The text without HTML tags (`django/utils/html.py`, `strip_tags`).
  func withoutTags() throws(TemplateError.Reason) -> String {
    try refuseEndlessTags()
    var text = self
    for pass in 0... {
      guard text.utf8.contains(UInt8(ascii: "<")), text.utf8.contains(UInt8(ascii: ">")) else {
        break
      }
      guard pass < Self.passLimit else { throw .exception("SuspiciousOperation", "") }
      let stripped = try text.strippedOnce()
      // No tag went, so none will.
      if stripped.bracketCount == text.bracketCount { break }
      text = stripped
    }
    return text
  }

  private var bracketCount: Int { utf8.count { $0 == UInt8(ascii: "<") } }

  private func strippedOnce() throws(TemplateError.Reason) -> String {
    var tokenizer = HTMLParser(CodePoints(self), decodesReferences: false)
    var text = ""
    do throws(HTMLParser.Failure) {
      while let token = try tokenizer.next() { text += token.text }
      for token in try tokenizer.rest() { text += token.text }
    } catch {
      throw .exception("AssertionError", "unknown status keyword in marked section")
    }
    return text
  }

  /// A tag of a thousand characters that holds fifty others is an attack.
  private func refuseEndlessTags() throws(TemplateError.Reason) {
    let points = CodePoints(self)
    var start = 0
    while let open = points[start...].firstIndex(of: "<") {
      guard open + 1 < points.count, points[open + 1].isASCIILetter else {
        start = open + 1
        continue
      }
      let end = points[open...].firstIndex(of: ">") ?? points.count
      let tag = points[open..<end]
      guard tag.count >= 1002 else {
        start = open + 1
        continue
      }
      if tag.count(where: { $0 == "<" }) >= Self.passLimit {
        throw .exception("SuspiciousOperation", "")
      }
      start = end
    }
  }
}

extension HTMLToken {
  /// What is left of it without tags.
  fileprivate var text: String {
    switch self {
    case .text(let text), .reference(let text): text
    case .start, .end: ""
    }
  }
}
