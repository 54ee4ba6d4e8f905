import Testing

@testable import Core

struct SpecificationProblemsTests {
  @Test func theToyIsInOrder() {
    #expect(Toy.specification.problems() == [])
  }

  @Test(arguments: [
    ([option("target"), option("target")], "cmd: has '--target' twice"),
    ([option("quiet")], "cmd: has '--quiet' twice"),
    ([option("one", short: "x"), option("two", short: "x")], "cmd: has '-x' twice"),
    ([option("one", short: "q")], "cmd: has '-q' twice"),
    (
      [option("Target")],
      "cmd --Target: 'Target' is not lower-case letters, digits and inner dashes"
    ),
    ([option("-x")], "cmd ---x: '-x' is not lower-case letters, digits and inner dashes"),
    ([option("größe")], "cmd --größe: 'größe' is not lower-case letters, digits and inner dashes"),
    ([option("one", short: "ö")], "cmd --one: its short form is not an ASCII letter or digit"),
    ([option("one", short: "-")], "cmd --one: its short form is not an ASCII letter or digit"),
    ([option("one", section: "")], "cmd --one: stands under no heading"),
    ([option("one", placeholder: "Id")], "cmd --one: its placeholder 'Id' is not in capitals"),
    ([option("one", placeholder: "")], "cmd --one: its placeholder '' is not in capitals"),
    ([option("one", summary: "")], "cmd --one: has no summary"),
    ([option("one", summary: "A\nB")], "cmd --one: its summary is not one line"),
    ([option("one", summary: "Ends.")], "cmd --one: its summary ends with a period"),
    (
      [option("one", summary: String(repeating: "x", count: 73))],
      "cmd --one: its summary has 73 characters, not 72"
    ),
    (
      [option("one", details: "As (--gone) did")],
      "cmd --one: mentions --gone, which is no option"
    ),
    (
      [option("one", placeholder: nil, kind: .choice(["a"]))],
      "cmd --one: is a switch with choices"
    ),
    ([option("one", kind: .choice(["a", "a"]))], "cmd --one: has 'a' twice"),
    (
      [option("one", kind: .choice(["a"]), defaultValue: "b")],
      "cmd --one: its default is not a choice"
    ),
  ])
  func findsAFaultyOption(options: [OptionSpec], problem: String) {
    #expect(problems(of: command(options: options)) == [problem])
  }

  @Test(arguments: [
    (command("Cmd"), ["Cmd: 'Cmd' is not lower-case letters, digits and inner dashes"]),
    (command(summary: "Ends."), ["cmd: its summary ends with a period"]),
    (command(discussion: "See --gone"), ["cmd: mentions --gone, which is no option"]),
    (command(discussion: "See --quiet -- or ---"), []),
    (
      command(arguments: [argument("group")]),
      ["cmd group: its placeholder 'group' is not in capitals"]
    ),
    (
      command(arguments: [argument("A", .any), argument("B")]),
      ["cmd A: is not last and not one word"]
    ),
    (
      command(arguments: [argument("A")], subcommands: [command("sub")]),
      ["cmd: takes both arguments and commands"]
    ),
    (command(subcommands: [command("sub"), command("sub")]), ["cmd: has 'sub' twice"]),
    (command(subcommands: [command("sub", summary: "")]), ["cmd sub: has no summary"]),
    (command("send"), ["toy: has 'send' twice"]),
    (command("exit-codes"), ["toy: has 'exit-codes' twice"]),
    (
      command(examples: [Example("date", explanation: "No")]),
      [
        "cmd example 'date': does not run toy"
      ]
    ),
    (
      command(examples: [Example("toy version", explanation: "")]),
      [
        "cmd example 'toy version': is not explained"
      ]
    ),
    (
      command(examples: [Example("toy send --gone | toy version x", explanation: "No")]),
      [
        "cmd example 'toy send --gone | toy version x': unknown option '--gone' for send",
        "cmd example 'toy send --gone | toy version x': unexpected argument 'x' for version",
      ]
    ),
  ])
  func findsAFaultyCommand(command: CommandSpec, expected: [String]) {
    #expect(problems(of: command) == expected)
  }

  @Test func wantsHelpVersionAndSoundTopics() {
    let specification = Specification(
      name: "toy", version: "1", date: "", summary: "", globalOptions: [], commands: [],
      topics: [Topic("Cron", summary: "Ends.", text: "As --gone")])
    #expect(
      specification.problems() == [
        "toy: has no summary", "toy: has no --help", "toy: has no --version",
        "topic Cron: 'Cron' is not lower-case letters, digits and inner dashes",
        "topic Cron: its summary ends with a period",
        "topic Cron: mentions --gone, which is no option",
      ])
  }

  /// What the toy has against one more command.
  private func problems(of command: CommandSpec) -> [String] {
    let toy = Toy.specification
    return Specification(
      name: toy.name, version: toy.version, date: toy.date, summary: toy.summary,
      globalOptions: toy.globalOptions, commands: toy.commands + [command], topics: toy.topics
    ).problems()
  }
}

private func option(
  _ name: String, short: Character? = nil, placeholder: String? = "X", kind: ValueKind = .text,
  defaultValue: String? = nil, section: String = "Options", summary: String = "Fine",
  details: String = ""
) -> OptionSpec {
  OptionSpec(
    name: name, short: short, placeholder: placeholder, kind: kind, isRepeatable: false,
    environment: [], defaultValue: defaultValue, section: section, summary: summary,
    details: details)
}

private func argument(_ name: String, _ arity: ArgumentSpec.Arity = .one) -> ArgumentSpec {
  ArgumentSpec(name, kind: .text, arity: arity, summary: "Fine")
}

private func command(
  _ name: String = "cmd", summary: String = "Fine", discussion: String = "",
  arguments: [ArgumentSpec] = [], options: [OptionSpec] = [], examples: [Example] = [],
  subcommands: [CommandSpec] = []
) -> CommandSpec {
  CommandSpec(
    name: name, summary: summary, discussion: discussion, arguments: arguments, options: options,
    examples: examples, subcommands: subcommands)
}
