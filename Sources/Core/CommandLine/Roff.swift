/// Text as mdoc(7) reads it: lines of a page's source.
enum Roff {
  /// Prose, each sentence on lines of its own; indented lines are a list where they have two
  /// columns, and else stand as they are.
  static func prose(_ text: String) -> [String] {
    let blocks = Block.all(of: text)
    return blocks.enumerated().flatMap { place, block in
      switch block {
      case .paragraph(let text): (place > 0 ? [".Pp"] : []) + sentences(text)
      case .list(let rows): list(rows.map { (argument($0.label), sentences($0.text)) })
      case .literal(let lines): literal(lines)
      }
    }
  }

  static func list(_ items: [(head: String, body: [String])]) -> [String] {
    items.isEmpty
      ? [] : [".Bl -tag -width Ds"] + items.flatMap { [".It \($0.head)"] + $0.body } + [".El"]
  }

  static func literal(_ lines: [String]) -> [String] {
    [".Bd -literal -offset indent"] + lines.map(line) + [".Ed"]
  }

  /// An argument of a macro: one word, and none that is a macro itself.
  static func argument(_ text: String) -> String {
    let name = escaped(text)
    if text.contains(" ") || text.isEmpty { return "\"\(name)\"" }
    let isMacro = text.count <= 3 && text.prefix(2).map(\.isUppercase) == [true, false]
    let isPunctuation = !text.contains { $0.isLetter || $0.isNumber }
    return isMacro || isPunctuation ? #"\&"# + name : name
  }

  private static func sentences(_ text: String) -> [String] {
    var sentences = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      let isFirst = sentences[sentences.count - 1].isEmpty
      sentences[sentences.count - 1] += (isFirst ? "" : " ") + word
      if word.hasSuffix(".") || word.hasSuffix(":") { sentences.append("") }
    }
    return sentences.flatMap { wrapped($0, width: 76).map(line) }
  }

  /// A line of text, and not of macros.
  private static func line(_ text: String) -> String {
    (text.hasPrefix(".") || text.hasPrefix("'") ? #"\&"# : "") + escaped(text)
  }

  /// What roff would typeset stays ASCII, so that it can be copied into a shell.
  private static func escaped(_ text: String) -> String {
    String(
      text.flatMap { character in
        switch character {
        case "\\": #"\e"#
        case "-": #"\-"#
        case "'": #"\(aq"#
        case "`": #"\(ga"#
        case "\"": #"\(dq"#
        case "^": #"\(ha"#
        case "~": #"\(ti"#
        default: String(character)
        }
      })
  }
}

/// A piece of a text whose paragraphs are parted by empty lines and whose indented lines stay.
private enum Block {
  case paragraph(String)
  case list([(label: String, text: String)])
  case literal([String])

  static func all(of text: String) -> [Block] {
    var groups: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let previous = groups[groups.count - 1].last
      if line.isEmpty || previous.map({ $0.hasPrefix(" ") != line.hasPrefix(" ") }) ?? false {
        groups.append([])
      }
      if !line.isEmpty { groups[groups.count - 1].append(line) }
    }
    return groups.filter { !$0.isEmpty }.map { lines in
      lines[0].hasPrefix(" ") ? indented(lines) : .paragraph(lines.joined(separator: " "))
    }
  }

  private static func indented(_ lines: [Substring]) -> Block {
    let margin = lines.map(\.indent).min() ?? 0
    let lines = lines.map { $0.dropFirst(margin) }
    var rows: [(label: String, text: String)] = []
    for line in lines {
      if line.indent > 0, !rows.isEmpty {
        rows[rows.count - 1].text += " " + line.drop { $0 == " " }
      } else if let gap = line.firstRange(of: "  ") {
        let text = line[gap.upperBound...].drop { $0 == " " }
        rows.append((String(line[..<gap.lowerBound]), String(text)))
      } else {
        return .literal(lines.map(String.init))
      }
    }
    return rows.count > 1 ? .list(rows) : .literal(lines.map(String.init))
  }
}

extension Substring {
  fileprivate var indent: Int { prefix { $0 == " " }.count }
}
