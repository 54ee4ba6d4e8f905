import Testing

@testable import Core

struct UsageErrorTests {
  @Test(
    arguments: [
      ("", "no command given", "one of send, tail, chats, help, version"),
      ("chats", "no command given for chats", "one of list, show"),
      ("snd", "unknown command 'snd'", "did you mean 'send'?"),
      ("chats lits", "unknown command 'lits' for chats", "did you mean 'list'?"),
      ("zebra", "unknown command 'zebra'", nil),
      ("send --targt x", "unknown option '--targt' for send", "did you mean '--target'?"),
      ("send -target x", "unknown option '-target' for send", "did you mean '--target'?"),
      ("tail --html x", "unknown option '--html' for tail", "'--html' is an option of send"),
      (
        "--limit 5 chats list", "unknown option '--limit'",
        "'--limit' is an option of chats list, and stands after the command"
      ),
      ("send --target", "missing value for --target ID", nil),
      (
        "send --target --html x", "missing value for --target ID",
        "'--target=--html' makes '--html' the value"
      ),
      ("send --quiet=secret", "--quiet takes no value", nil),
      ("tail -c 1.5", "-c: '1.5' is not a whole number of 1 or more", nil),
      ("chats list --limit 0", "--limit: '0' is not a whole number from 1 to 100", nil),
      ("chats show abc", "ID: 'abc' is not a whole number", nil),
      (
        "send --timeout 1d", "--timeout: '1d' is not a duration such as 10, 500ms, 5s, 2m or 1h",
        nil
      ),
      ("send --rate fast", "--rate: 'fast' is not a rate such as 100 or 100/s", nil),
      (
        "send --color alwys", "--color: 'alwys' is not one of auto, always, never",
        "did you mean 'always'?"
      ),
      ("send -s a", "-s: 'a' is not KEY=VALUE", nil),
      ("tail", "missing argument GROUP for tail", nil),
      ("version now", "unexpected argument 'now' for version", nil),
    ] as [(String, String, String?)])
  func saysWhatIsWrong(line: String, message: String, hint: String?) throws {
    let error = try #require(throws: UsageError.self) { try Toy.parse(line) }
    #expect(error.message == message)
    #expect(error.hint == hint)
  }

  @Test func namesANearOptionAndTheCommandThatHasTheTypedOne() {
    let error = UsageError.unknownOption(
      typed: "--targets", of: ["tail"], suggestion: "--target", commands: ["send", "render"])
    #expect(error.hint == "did you mean '--target'? '--targets' is an option of send, render")
  }

  @Test func namesTheVariable() throws {
    let arguments = try Toy.run("send", environment: ["TOY_TIMEOUT": "soon"])
    let error = try #require(throws: UsageError.self) { try arguments[Toy.timeout] }
    #expect(error.message.hasPrefix("$TOY_TIMEOUT: 'soon' is not a duration"))
  }

  @Test func carriesACommandsOwnWords() {
    #expect(
      UsageError.conflict("--html", "--text").message == "--html and --text exclude each other")
    let error = UsageError.invalid(what: "--chat", detail: "is empty", hint: "give an id")
    #expect(error.message == "--chat: is empty")
    #expect(error.hint == "give an id")
  }

  @Test(arguments: [
    ("version redis://me:hunter2@host", "unexpected argument 'redis://***@host' for version"),
    ("redis://:hunter2@host:6379/0", "unknown command 'redis://***@host:6379/0'"),
    ("redis://:hun@ter2@host", "unknown command 'redis://***@host'"),
    ("send --rdis=redis://:hunter2@host", "unknown option '--rdis' for send"),
    ("send --quiet=hunter2", "--quiet takes no value"),
  ])
  func neverShowsAPassword(line: String, message: String) throws {
    let error = try #require(throws: UsageError.self) { try Toy.parse(line) }
    #expect(error.message == message)
  }
}
