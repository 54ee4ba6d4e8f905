/// An option or a switch without its Swift type: what tables and generators read.
///
/// A class, since parsing walks the tables again and again: a start need not copy their rows.
package final class OptionSpec: Sendable {
  /// Without dashes, as `target`.
  package let name: String
  package let short: Character?
  /// In capitals, as `ID`; `nil` makes it a switch.
  package let placeholder: String?
  package let kind: ValueKind
  package let isRepeatable: Bool
  /// The variables read where the option is not typed; the first that is set and not empty wins.
  package let environment: [String]
  /// For help alone: the parser applies none.
  package let defaultValue: String?
  /// The heading it stands under in help.
  package let section: String
  /// One line without a final period, of at most 72 characters.
  package let summary: String
  /// What full help and the man page add; may be empty.
  package let details: String
  package let rank: Rank

  /// What short help says of an option, so that it fits a screen.
  package enum Rank: Sendable {
    case common
    /// Its name alone.
    case special
    /// Nothing, and completion does not offer it either.
    case rare
  }

  init(
    name: String, short: Character?, placeholder: String?, kind: ValueKind, isRepeatable: Bool,
    environment: [String], defaultValue: String?, section: String, summary: String,
    details: String, rank: Rank = .common
  ) {
    self.name = name
    self.short = short
    self.placeholder = placeholder
    self.kind = kind
    self.isRepeatable = isRepeatable
    self.environment = environment
    self.defaultValue = defaultValue
    self.section = section
    self.summary = summary
    self.details = details
    self.rank = rank
  }

  /// As it is typed, `--target`.
  package var long: String { "--\(name)" }

  /// How help shows it: `-t, --target ID`, or `    --html HTML` where it has no short form.
  package var label: String {
    let names = (short.map { "-\($0), " } ?? "    ") + long
    return placeholder.map { "\(names) \($0)" } ?? names
  }
}

/// An option with a value: the typed door to its `OptionSpec`.
package struct Option<Value: Sendable>: Sendable {
  package let spec: OptionSpec
  /// Reads a text that the kind accepts.
  let read: @Sendable (String) -> Value?
}

extension Option<String> {
  package static func text(
    _ name: String, short: Character? = nil, placeholder: String, kind: ValueKind = .text,
    isRepeatable: Bool = false, environment: [String] = [], defaultValue: String? = nil,
    section: String = "Options", summary: String, details: String = "",
    rank: OptionSpec.Rank = .common
  ) -> Self {
    Self(
      spec: OptionSpec(
        name: name, short: short, placeholder: placeholder, kind: kind, isRepeatable: isRepeatable,
        environment: environment, defaultValue: defaultValue, section: section, summary: summary,
        details: details, rank: rank),
      read: { $0 })
  }

  package static func choice(
    _ name: String, of choices: [String], short: Character? = nil, placeholder: String,
    environment: [String] = [], defaultValue: String? = nil, section: String = "Options",
    summary: String, details: String = "",
    rank: OptionSpec.Rank = .common
  ) -> Self {
    .text(
      name, short: short, placeholder: placeholder, kind: .choice(choices),
      environment: environment, defaultValue: defaultValue, section: section, summary: summary,
      details: details, rank: rank)
  }
}

extension Option<Int> {
  package static func integer(
    _ name: String, in bounds: ClosedRange<Int> = 0...Int.max, short: Character? = nil,
    placeholder: String = "N", environment: [String] = [], defaultValue: String? = nil,
    section: String = "Options", summary: String, details: String = "",
    rank: OptionSpec.Rank = .common
  ) -> Self {
    Self(
      spec: OptionSpec(
        name: name, short: short, placeholder: placeholder, kind: .integer(bounds),
        isRepeatable: false, environment: environment, defaultValue: defaultValue, section: section,
        summary: summary, details: details, rank: rank),
      read: { Int($0) })
  }

  /// A duration of whole seconds: at least 1, at most 1e9.
  package static func wholeSeconds(
    _ name: String, defaultValue: String? = nil, section: String = "Options", summary: String,
    details: String = "", rank: OptionSpec.Rank = .common
  ) -> Self {
    Self(
      spec: OptionSpec(
        name: name, short: nil, placeholder: "S", kind: .wholeSeconds, isRepeatable: false,
        environment: [], defaultValue: defaultValue, section: section, summary: summary,
        details: details, rank: rank),
      read: { Int(duration: $0) })
  }
}

extension Option<Double> {
  /// A duration, read as seconds: finite, 0 or more, at most 1e9.
  package static func seconds(
    _ name: String, short: Character? = nil, placeholder: String = "S", environment: [String] = [],
    defaultValue: String? = nil, section: String = "Options", summary: String, details: String = "",
    rank: OptionSpec.Rank = .common
  ) -> Self {
    Self(
      spec: OptionSpec(
        name: name, short: short, placeholder: placeholder, kind: .seconds, isRepeatable: false,
        environment: environment, defaultValue: defaultValue, section: section, summary: summary,
        details: details, rank: rank),
      read: { Double(duration: $0) })
  }

  /// A rate, read as so many a second: more than 0, at most 1e9.
  package static func rate(
    _ name: String, short: Character? = nil, placeholder: String = "RATE",
    defaultValue: String? = nil, section: String = "Options", summary: String, details: String = "",
    rank: OptionSpec.Rank = .common
  ) -> Self {
    Self(
      spec: OptionSpec(
        name: name, short: short, placeholder: placeholder, kind: .rate, isRepeatable: false,
        environment: [], defaultValue: defaultValue, section: section, summary: summary,
        details: details, rank: rank),
      read: { Double(rate: $0) })
  }
}

/// An option without a value; where it is repeatable, how often it is typed counts (`-vv`).
package struct Switch: Sendable {
  package let spec: OptionSpec

  package init(
    _ name: String, short: Character? = nil, isRepeatable: Bool = false,
    section: String = "Options", summary: String, details: String = "",
    rank: OptionSpec.Rank = .common
  ) {
    spec = OptionSpec(
      name: name, short: short, placeholder: nil, kind: .text, isRepeatable: isRepeatable,
      environment: [], defaultValue: nil, section: section, summary: summary, details: details,
      rank: rank)
  }

  /// `-h` and `--help`: the parser answers them itself.
  package static let help = Switch(
    "help", short: "h", section: "Global options",
    summary: "Print help and exit: short with -h, full with --help")

  /// `--version`: the parser answers it itself.
  package static let version = Switch(
    "version", section: "Global options", summary: "Print the version and exit")

  /// `help --man`: the parser answers it itself.
  package static let manual = Switch(
    "man", summary: "Print the man page instead, in mdoc(7)", rank: .rare)
}
