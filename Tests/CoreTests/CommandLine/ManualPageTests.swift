import Testing

@testable import Core

struct ManualPageTests {
  @Test func aPageForTheToolEachCommandAndTopicsWithoutAHeading() {
    let topics = [
      Topic("exit-codes", summary: "Codes", manual: .heading("EXIT STATUS"), text: "0 is success."),
      Topic("file", summary: "A file", manual: .page(name: "toy.json", section: 5), text: "It is."),
      Topic("cron", summary: "Jobs", text: "They run."),
    ]
    let specification = Specification(
      name: "toy", version: "1", date: "July 30, 2026", summary: "Play", globalOptions: [],
      commands: [Toy.chats, Toy.secret], topics: topics)
    #expect(
      specification.manualPages.map(\.fileName) == [
        "toy.1", "toy-chats.1", "toy-chats-list.1", "toy-chats-show.1", "toy.json.5", "toy-cron.7",
      ])
    #expect(
      specification.manualPages[0].text.contains(".Sh EXIT STATUS\n0 is success.\n.Sh SEE ALSO"))
  }

  @Test func aCommand() {
    #expect(
      ManualPage(Toy.specification, .command([Toy.chats, Toy.chats.subcommands[1]])).text == #"""
        .Dd July 30, 2026
        .Dt TOY-CHATS-SHOW 1
        .Os toy 1.2.3
        .nh
        .Sh NAME
        .Nm toy-chats-show
        .Nd show one chat
        .Sh SYNOPSIS
        .Nm toy
        .Cm chats
        .Cm show
        .Ar ID
        .Op Ar FIELD
        .Sh DESCRIPTION
        Show one chat.
        .Bl -tag -width Ds
        .It Ar ID
        The chat.
        .It Ar FIELD
        One field of it.
        .El
        .Pp
        The global options of
        .Xr toy 1
        are taken too.
        .Sh EXIT STATUS
        See
        .Xr toy 1 .
        .Sh SEE ALSO
        .Xr toy 1 ,
        .Xr toy-chats 1 ,
        .Xr toy-chats-list 1 ,
        .Xr toy-exit-codes 7
        """#)
  }

  @Test(arguments: [
    ("A b.\nC d: e.", ["A b.", "C d:", "e."]),
    ("One.\n\nTwo.", ["One.", ".Pp", "Two."]),
    (".dot", [#"\&.dot"#]), ("'quote", [#"\&\(aqquote"#]),
    (#"--a `b` "c" \d ~e ^f"#, [#"\-\-a \(gab\(ga \(dqc\(dq \ed \(tie \(haf"#]),
    (
      "See:\n\n  one  the first\n       and more\n  a b  the second",
      [
        "See:", ".Bl -tag -width Ds", ".It one", "the first and more", #".It "a b""#, "the second",
        ".El",
      ]
    ),
    ("    toy -x\n      y", [".Bd -literal -offset indent", #"toy \-x"#, "  y", ".Ed"]),
    // A single row is a line of a shell more likely than a list.
    ("  * *  toy", [".Bd -literal -offset indent", "* *  toy", ".Ed"]),
  ])
  func prose(text: String, lines: [String]) {
    #expect(Roff.prose(text) == lines)
  }

  @Test(arguments: [
    ("NAME", "NAME"), ("N", "N"), ("Pa", #"\&Pa"#), (".", #"\&."#), ("a b", #""a b""#),
    ("", #""""#), ("-x", #"\-x"#),
  ])
  func arguments(text: String, expected: String) {
    #expect(Roff.argument(text) == expected)
  }
}
