/// Completion for bash, which parts words at `:` and `=` too and quotes nothing by itself.
package struct BashCompletion {
  /// The words behind the tool's name; the last is the one to complete.
  package let words: [String]
  /// What of the last word's value stands before the part that bash replaces.
  private let kept: String
  /// The quote that is open at that part.
  private let quote: Character?

  /// - Parameters:
  ///   - line: `COMP_LINE` up to the cursor.
  ///   - part: what bash will replace, its second argument.
  package init(line: String, replacing part: String) {
    let line = line.hasSuffix(part) ? String(line.dropLast(part.count)) : line
    let start = BashWords(line)
    kept = start.words.last ?? ""
    quote = start.quote
    let words = BashWords(line + part).words
    // Variables may be set before the tool's name.
    self.words = Array(words.drop { $0.contains("=") }.dropFirst())
  }

  /// What bash is to put in place of the part; nil where the value does not begin as typed.
  package func insertion(of candidate: Completion.Candidate, head: String) -> String? {
    let value = head + candidate.value
    guard value.hasPrefix(kept) else { return nil }
    // A quote that is open is closed by bash.
    let end = candidate.isOpen || quote != nil ? "" : " "
    return quoted(String(value.dropFirst(kept.count))) + end
  }

  private func quoted(_ text: String) -> String {
    switch quote {
    case "'": return text.map { $0 == "'" ? #"'\''"# : String($0) }.joined()
    case .some: return text.escaped { #"\"$`"#.contains($0) }
    case nil:
      let isHome = kept.isEmpty && text.hasPrefix("~/")
      let home = isHome ? "~" : ""
      return home
        + text.dropFirst(home.count).escaped { character in
          character.isASCII && !character.isLetter && !character.isNumber
            && !"%+,-./:=@_".contains(character)
        }
    }
  }

  /// The script that asks the tool.
  package static func script(_ tool: String) -> String {
    """
    # Completion of \(tool) for bash, as '\(tool) completions bash' prints it.
    _\(tool)() {
      mapfile -t COMPREPLY < <("$1" complete bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    }
    # What is complete ends with a space already.
    complete -o nospace -F _\(tool) \(tool)
    """
  }
}

extension StringProtocol {
  fileprivate func escaped(where isSpecial: (Character) -> Bool) -> String {
    map { isSpecial($0) ? "\\\($0)" : String($0) }.joined()
  }
}

/// The words of a line that may end within quotes, as bash would read them.
private struct BashWords {
  /// The last is the one that the line ends in: empty behind a space.
  var words = [""]
  var quote: Character?

  init(_ line: String) {
    var rest = line[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("\\", nil): append(rest.popFirst())
      case ("\\", "\""):
        let isEscape = rest.first.map { #"\"$`"#.contains($0) } ?? true
        append(isEscape ? rest.popFirst() : character)
      case (quote, .some): quote = nil
      case ("'", nil), ("\"", nil): quote = character
      case (" ", nil), ("\t", nil): if rest.isEmpty || isWord(rest) { words.append("") }
      default: append(character)
      }
    }
  }

  private func isWord(_ rest: Substring) -> Bool { rest.first != " " && rest.first != "\t" }

  private mutating func append(_ character: Character?) {
    guard let character else { return }
    words[words.count - 1].append(character)
  }
}
