extension Library {
  /// The section HTML STRINGS of `django/template/defaultfilters.py`.
  static let markupFilters = [
    Filter("escape", isSafe: true) { value, _, _ in
      .string(value.conditionallyEscaped, safe: true)
    },
    Filter("escapeseq", isSafe: true) { value, _, _ throws(TemplateError.Reason) in
      .list(try value.iterated().map { .string($0.conditionallyEscaped, safe: true) })
    },
    Filter("force_escape", isSafe: true) { value, _, _ in
      .string(value.text.htmlEscaped, safe: true)
    },
    Filter("linebreaks", isSafe: true) { value, _, context in
      .string(value.text.paragraphs(escaping: context.autoescape && !value.isSafe), safe: true)
    },
    Filter("linebreaksbr", isSafe: true) { value, _, context in
      let text = value.text.withUnixNewlines
      let escaped = context.autoescape && !value.isSafe ? text.htmlEscaped : text
      return .string(escaped.replacing("\n", by: "<br>"), safe: true)
    },
    Filter("safe", isSafe: true) { value, _, _ in .string(value.text, safe: true) },
    Filter("safeseq", isSafe: true) { value, _, _ throws(TemplateError.Reason) in
      .list(try value.iterated().map { .string($0.text, safe: true) })
    },
    Filter("striptags", isSafe: true) { value, _, _ throws(TemplateError.Reason) in
      .string(try value.text.withoutTags())
    },
  ]
}

extension TemplateValue {
  fileprivate func iterated() throws(TemplateError.Reason) -> [TemplateValue] {
    guard let elements else { throw .typeError("'\(typeName)' object is not iterable") }
    return elements
  }
}

extension String {
  /// A `<p>` for what stands between blank lines, a `<br>` for each other end of line
  /// (`django/utils/html.py`, `linebreaks`).
  fileprivate func paragraphs(escaping: Bool) -> String {
    let bytes = Array(withUnixNewlines.utf8)
    var paragraphs: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let newlines = bytes[index...].prefix { $0 == UInt8(ascii: "\n") }.count
      if newlines > 1 {
        paragraphs.append(bytes[start..<index])
        start = index + newlines
      }
      index += max(newlines, 1)
    }
    paragraphs.append(bytes[start...])
    return paragraphs.map { paragraph in
      let text = String(decoding: paragraph, as: UTF8.self)
      return "<p>\((escaping ? text.htmlEscaped : text).replacing("\n", by: "<br>"))</p>"
    }.joined(separator: "\n\n")
  }
}
