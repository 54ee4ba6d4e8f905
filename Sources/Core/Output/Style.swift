/// Colours for people: how text is marked on a terminal, or not at all.
package struct Style: Sendable {
  package enum Role: String, Sendable {
    case error = "1;31"
    case warning = "33"
    case good = "32"
    case strong = "1"
    case dim = "2"
    case name = "36"
  }

  private let isColored: Bool

  package init(isColored: Bool) {
    self.isColored = isColored
  }

  /// The text, which must be safe for a terminal already (`TerminalText`), marked for its role.
  package func callAsFunction(_ role: Role, _ text: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// When to colour: `--color`.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never

  /// What the environment asks for (no-color.org, bixense.com/clicolors).
  package init(environment: (String) -> String?) {
    if environment("NO_COLOR")?.isEmpty == false {
      self = .never
    } else if let force = environment("CLICOLOR_FORCE"), force != "", force != "0" {
      self = .always
    } else {
      self = environment("TERM") == "dumb" ? .never : .auto
    }
  }

  package func style(isTerminal: Bool) -> Style {
    Style(isColored: self == .always || self == .auto && isTerminal)
  }
}
