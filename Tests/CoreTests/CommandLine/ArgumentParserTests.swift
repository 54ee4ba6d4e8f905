import Testing

@testable import Core

struct ArgumentParserTests {
  @Test(arguments: [
    ("version", "version | |"),
    ("send g1 g2", "send | g1 g2 |"),
    ("chats list", "chats list | |"),
    ("chats show 7 name", "chats show | 7 name |"),
    // Global options stand anywhere, options and positionals interleave.
    ("-q send g", "send | g | -q"),
    ("--timeout 5 chats -v list -q", "chats list | | --timeout=5 -v -q"),
    ("send --html x g -t id h", "send | g h | --html=x -t=id"),
    // Every form of a value.
    ("send --target id", "send | | --target=id"),
    ("send --target=id", "send | | --target=id"),
    ("send --target=a=b", "send | | --target=a=b"),
    ("send --html=", "send | | --html="),
    ("send --html ''", "send | | --html="),
    ("send -t id", "send | | -t=id"),
    ("send -tid", "send | | -t=id"),
    ("send -t=id", "send | | -t=id"),
    ("send -t ''", "send | | -t="),
    ("tail -c5 g", "tail | g | -c=5"),
    // Clusters.
    ("send -vv", "send | | -v -v"),
    ("send -qvtid", "send | | -q -v -t=id"),
    ("send -qt id", "send | | -q -t=id"),
    // A value may begin with dashes, unless it is itself an option of this command.
    ("send --html -x", "send | | --html=-x"),
    ("send --html --", "send | | --html=--"),
    ("send --html --count", "send | | --html=--count"),
    ("send --html=--target", "send | | --html=--target"),
    ("send -t=--html", "send | | -t=--html"),
    // Where options end.
    ("send -- -t --html --help", "send | -t --html --help |"),
    ("send g -- --", "send | g -- |"),
    ("-- send g", "send | g |"),
    ("send - -q", "send | - | -q"),
    // Repetition keeps the order typed.
    ("send -s a=1 --html x -s b=2", "send | | -s=a=1 --html=x -s=b=2"),
  ])
  func reads(line: String, expected: String) throws {
    let arguments = try Toy.run(line)
    let options = arguments.options.map { $0.typed + ($0.value.map { "=\($0)" } ?? "") }
    let parts = [arguments.command, arguments.positionals, options]
    let actual = parts.map { $0.joined(separator: " ") }.joined(separator: " | ")
    #expect(words(actual) == words(expected))
  }

  private func words(_ text: String) -> [Substring] { text.split(separator: " ") }

  @Test(arguments: [
    ("-h", "short"),
    ("--help", "long"),
    ("send -h", "short send"),
    ("send --help", "long send"),
    ("chats --help", "long chats"),
    ("chats list -h", "short chats list"),
    ("-h send", "short"),
    ("send -qh", "short send"),
    // Help wins over what follows it and what is missing, not over what went wrong before it.
    ("tail --help", "long tail"),
    ("send --help --nonsense", "long send"),
    ("version extra --help", "long version"),
    ("help", "long"),
    ("help send", "long send"),
    ("help chats show", "long chats show"),
    ("help help", "long help"),
    ("help -h", "short help"),
    ("help exit-codes", "topic exit-codes"),
    ("help --man", "manual"),
    ("help chats --man show", "manual chats show"),
    ("help --man exit-codes", "manual of topic exit-codes"),
    ("--version", "version"),
    ("send --version --help", "version"),
  ])
  func answersItself(line: String, expected: String) throws {
    let actual =
      switch try Toy.parse(line) {
      case .run: "run"
      case .help(let path, let isLong):
        ([isLong ? "long" : "short"] + path.map(\.name)).joined(separator: " ")
      case .topic(let topic): "topic \(topic.name)"
      case .manual(.command(let path)): (["manual"] + path.map(\.name)).joined(separator: " ")
      case .manual(.topic(let topic)): "manual of topic \(topic.name)"
      case .version: "version"
      }
    #expect(actual == expected)
  }

  static let faults: [(line: String, error: UsageError)] = [
    ("", .missingCommand(of: [], among: ["send", "tail", "chats", "help", "version"])),
    ("-q", .missingCommand(of: [], among: ["send", "tail", "chats", "help", "version"])),
    ("chats", .missingCommand(of: ["chats"], among: ["list", "show"])),
    ("snd g", .unknownCommand(typed: "snd", of: [], suggestion: "send")),
    ("zebra", .unknownCommand(typed: "zebra", of: [], suggestion: nil)),
    ("''", .unknownCommand(typed: "", of: [], suggestion: nil)),
    ("- send", .unknownCommand(typed: "-", of: [], suggestion: nil)),
    ("chats lits", .unknownCommand(typed: "lits", of: ["chats"], suggestion: "list")),
    ("help chats shwo", .unknownCommand(typed: "shwo", of: ["chats"], suggestion: "show")),
    ("help send g", .unknownCommand(typed: "g", of: ["send"], suggestion: nil)),
    (
      "send --targt id",
      .unknownOption(typed: "--targt", of: ["send"], suggestion: "--target", commands: [])
    ),
    (
      "send --targt=id",
      .unknownOption(typed: "--targt", of: ["send"], suggestion: "--target", commands: [])
    ),
    (
      "send --limit 5",
      .unknownOption(typed: "--limit", of: ["send"], suggestion: nil, commands: ["chats list"])
    ),
    (
      "send -c5",
      .unknownOption(typed: "-c", of: ["send"], suggestion: nil, commands: ["tail"])
    ),
    (
      "--html x send",
      .unknownOption(typed: "--html", of: [], suggestion: nil, commands: ["send"])
    ),
    // Options have no abbreviations, but the one that begins so is named.
    (
      "send --act update",
      .unknownOption(typed: "--act", of: ["send"], suggestion: "--action", commands: [])
    ),
    (
      "send -target id",
      .unknownOption(typed: "-target", of: ["send"], suggestion: "--target", commands: [])
    ),
    (
      "send -target=id",
      .unknownOption(typed: "-target", of: ["send"], suggestion: "--target", commands: [])
    ),
    (
      "send -html x",
      .unknownOption(typed: "-html", of: ["send"], suggestion: "--html", commands: [])
    ),
    (
      "send -zhtml x",
      .unknownOption(typed: "-z", of: ["send"], suggestion: "--html", commands: [])
    ),
    ("send -t", .missingValue(option: "-t", placeholder: "ID", next: nil)),
    ("send --target", .missingValue(option: "--target", placeholder: "ID", next: nil)),
    (
      "send --target --html x",
      .missingValue(option: "--target", placeholder: "ID", next: "--html")
    ),
    ("send -qt --help", .missingValue(option: "-t", placeholder: "ID", next: "--help")),
    ("send --quiet=yes", .unexpectedValue(option: "--quiet")),
    ("send --help=all", .unexpectedValue(option: "--help")),
    ("send -q=yes", .unexpectedValue(option: "-q")),
    ("tail", .missingArgument("GROUP", of: ["tail"])),
    ("chats show", .missingArgument("ID", of: ["chats", "show"])),
    ("chats show 7 name more", .unexpectedArgument("more", of: ["chats", "show"])),
    ("version now", .unexpectedArgument("now", of: ["version"])),
    ("chats show x", .invalidValue(of: "ID", value: "x", expected: .integer(0...Int.max))),
    ("tail g -c 0", .invalidValue(of: "-c", value: "0", expected: .integer(1...Int.max))),
    (
      "chats list --limit=101",
      .invalidValue(of: "--limit", value: "101", expected: .integer(1...100))
    ),
    ("send --timeout soon", .invalidValue(of: "--timeout", value: "soon", expected: .seconds)),
    ("send --rate 0", .invalidValue(of: "--rate", value: "0", expected: .rate)),
    ("send -s a", .invalidValue(of: "-s", value: "a", expected: .keyValue)),
    // An earlier fault is not undone by a later value or by help.
    ("tail -c x -c 1 g", .invalidValue(of: "-c", value: "x", expected: .integer(1...Int.max))),
    ("tail -c x --help", .invalidValue(of: "-c", value: "x", expected: .integer(1...Int.max))),
    ("snd --help", .unknownCommand(typed: "snd", of: [], suggestion: "send")),
  ]

  @Test(arguments: faults)
  func refuses(line: String, error: UsageError) {
    #expect(throws: error) { try Toy.parse(line) }
  }
}
