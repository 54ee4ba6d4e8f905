import Testing

@testable import Core

struct CompletionTests {
  /// What is offered at the end of a line: its head, what is typed of the value, and the names.
  @Test(arguments: [
    ("", "", "", "send tail chats help version"),
    ("s", "", "s", "send tail chats help version"),
    ("chats ", "", "", "list show"),
    ("nonsense ", "", "", "send tail chats help version"),
    ("--color ", "", "", "auto always never"),
    ("--color=a", "--color=", "a", "auto always never"),
    ("help ", "", "", "send tail chats help version exit-codes"),
    ("help chats ", "", "", "list show"),
    ("help exit-codes ", "", "", ""),
    ("version ", "", "", ""),
    ("-q=", "", "-q=", ""),
    ("--gone=", "", "--gone=", ""),
  ])
  func names(line: String, head: String, prefix: String, names: String) {
    let completion = complete(line)
    #expect(completion.head == head)
    #expect(completion.prefix == prefix)
    #expect(self.names(completion) == names.split(separator: " ").map(String.init))
  }

  @Test(arguments: [
    ("send ", "", ValueKind.group),
    ("send one t", "t", .group),
    ("send -- -", "-", .group),
    ("send -a ", "", .action),
    ("send -a=re", "re", .action),
    ("send --action=re", "re", .action),
    ("send -qa re", "re", .action),
    ("send --html '", "", .text),
    ("send --html --color=a", "--color=a", .text),
    ("--redis=redis:", "redis:", .url),
    ("send --rate fast --redis ", "", .url),
    ("chats show ", "", .integer(0...Int.max)),
    ("chats show 1 ", "", .text),
  ])
  func valuesOf(line: String, prefix: String, kind: ValueKind) {
    let completion = complete(line)
    #expect(completion.prefix == prefix)
    #expect(completion.offer == .values(of: kind))
  }

  @Test func optionsOfTheCommandComeFirstAndThoseTypedAreLeftOut() {
    let names = names(complete("send -t list -s a=b --quiet --"))
    #expect(
      names == [
        "--action", "--html", "--set", "--rate", "--redis", "--timeout", "--color", "--verbose",
        "--help", "--version",
      ])
  }

  @Test func aShortOptionIsOfferedWhereItIsAllThere() {
    #expect(names(complete("send -t")).first == "-t")
    #expect(names(complete("send -")).first == "--action")
  }

  @Test func whatIsRareOrHiddenIsNotOffered() {
    #expect(!names(complete("help --")).contains("--man"))
    #expect(!names(complete("sec")).contains("secret"))
  }

  @Test func theWordsBeforeAreRead() throws {
    let arguments = complete("--redis redis://a --nonsense send g --count=x --redis=redis://b --ra")
      .arguments
    #expect(arguments.command == ["send"])
    #expect(arguments.positionals == ["g"])
    #expect(try arguments.all(Toy.redis) == ["redis://a", "redis://b"])
  }

  private func complete(_ line: String) -> Completion {
    let words = BashCompletion(line: "toy \(line)", replacing: "").words
    return Toy.specification.completion(of: words) { _ in nil }
  }

  private func names(_ completion: Completion) -> [String] {
    guard case .candidates(let candidates) = completion.offer else { return ["not candidates"] }
    return candidates.map(\.value)
  }
}

struct BashCompletionTests {
  /// What bash has to put in place of the part that it replaces.
  @Test(arguments: [
    ("toy ta", "ta", "tail", "tail "),
    ("toy ", "", "a b", #"a\ b "#),
    ("toy a:", "", "a:b c", #"b\ c "#),
    ("toy a:", ":", "a:b", ":b "),
    (#"toy a\ b:c"#, "c", "a b:cd", "cd "),
    ("toy 'a ", "a ", "a b'c", #"a b'\''c"#),
    ("toy \"a ", "a ", "a $b", #"a \$b"#),
    ("toy x'y z':", "", "xy z:é*", #"é\* "#),
    ("toy ~/", "~/", "~/a b", #"~/a\ b "#),
    ("toy ", "", "~root", #"\~root "#),
    ("toy fol", "fol", "folder/", "folder/"),
    ("toy 'fol", "fol", "folder/", "folder/"),
  ])
  func insertion(line: String, part: String, value: String, expected: String) {
    let bash = BashCompletion(line: line, replacing: part)
    #expect(bash.insertion(of: .init(value), head: "") == expected)
  }

  @Test func theHeadOfAnOptionIsKept() {
    let bash = BashCompletion(line: "toy --redis=redis:/", replacing: "/")
    #expect(bash.words == ["--redis=redis:/"])
    #expect(bash.insertion(of: .init("redis://"), head: "--redis=") == "//")
    #expect(bash.insertion(of: .init("rediss://"), head: "--redis=") == nil)
  }

  @Test(arguments: [
    ("toy", [String]()), ("toy ", [""]), ("A=b toy  a  b ", ["a", "b", ""]),
    (#"toy "a \"b\" \c" d\"#, [#"a "b" \c"#, "d"]), ("toy '' x", ["", "x"]),
    ("toy 'a  b", ["a  b"]),
  ])
  func words(line: String, words: [String]) {
    #expect(BashCompletion(line: line, replacing: "").words == words)
  }
}
