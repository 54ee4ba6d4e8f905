/// A shell's reading of a line, as far as the examples in help need it.
struct ShellWords {
  private var commands: [[String]] = []
  private var words: [String] = []
  /// `nil` between words; an empty pair of quotes is a word too.
  private var word: String?
  private var isRedirection = false

  /// The words of each command of a pipe, without redirections.
  ///
  /// It knows quotes, backslashes, `|`, `<` and `>`; what a shell would expand stays as written.
  static func pipe(_ line: String) -> [[String]] {
    var reader = ShellWords()
    reader.read(line)
    return reader.commands
  }

  private mutating func read(_ line: String) {
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      if character == "\\", quote != "'", let escaped = rest.popFirst() {
        word = (word ?? "") + String(escaped)
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, " |<>".contains(character) {
        endWord()
        if character == "|" { endCommand() }
        if character == "<" || character == ">" { isRedirection = true }
      } else {
        word = (word ?? "") + String(character)
      }
    }
    endWord()
    endCommand()
  }

  private mutating func endWord() {
    guard let word else { return }
    if !isRedirection { words.append(word) }
    isRedirection = false
    self.word = nil
  }

  private mutating func endCommand() {
    commands.append(words)
    words = []
  }
}
