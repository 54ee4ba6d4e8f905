import Testing

@testable import turboctl

/// Lines of a batch: what is wrong with one, by its number and in its own words; exit 2.
struct BatchLineTests {
  @Test(
    arguments: [
      (#"{"chat": 1, "action": "remove"}"#, "action remove: needs target ID or targets CSS", nil),
      (
        #"{"chat": 1, "acton": "remove"}"#, "'acton': is no key of a line", "did you mean 'action'?"
      ),
      (#"{"chat": 1, "group": "g", "html": "x"}"#, "group and chat exclude each other", nil),
      (
        #"{"chat": 1, "html": "x", "text": "y"}"#,
        "text: only one of html, text and template makes the content", nil
      ),
      (
        #"{"chat": 1, "action": "update", "target": "a", "targets": "b", "html": "x"}"#,
        "target and targets exclude each other", nil
      ),
      (
        #"{"chat": 1, "action": "remove", "target": "a", "html": "x"}"#,
        "action remove: the element has no content", nil
      ),
      (
        #"{"chat": 1, "action": "update", "target": "a"}"#,
        "the line: holds none of html, text, template and message", nil
      ),
      (
        #"{"action": "remove", "target": "a"}"#,
        "the line: names no group or chat, nor does the command line", nil
      ),
      (
        #"{"chat": 1, "html": "plain"}"#,
        "the content: holds no <turbo-stream>, so pages would ignore it",
        "--action makes an element of it; --raw sends it as it is"
      ),
      (#"{"chat": 1, "html": 7}"#, "html: is not a string", nil),
      (#"{"chat": 1, "attrs": {"a": []}}"#, "attrs.a: is not a string", nil),
      (#"{"group": "a b", "html": "x"}"#, nil, nil),
      (
        #"{"chat": 1, "message": {}}"#,
        #"the message: has no "type", the name of the consumer's handler"#, nil
      ),
      (#"["chat"]"#, "the line: is not a JSON object", nil),
      (#"{"chat": 1,"#, nil, nil),
    ] as [(String, String?, String?)])
  func refuses(line: String, detail: String?, hint: String?) {
    let run = CommandRun(["send", "--batch", "-", "-n", "--json"], input: "\n\(line)\n")
    #expect(run.code == .usage)
    #expect(run.output.isEmpty)
    if let detail {
      #expect(
        run.errors.contains(#""error":"standard input:2""#)
          || run.errors.contains("standard input:2"))
      #expect(run.errors.replacing(#"\""#, with: "\"").contains(detail))
    }
    if let hint { #expect(run.errors.contains(hint)) }
  }

  @Test(
    arguments: [
      (["--batch", "-", "--each-line"], "--batch and --each-line exclude each other"),
      (["--keep-going"], "--keep-going: needs --batch or --each-line"),
      (["--as", "html"], "--as: needs --each-line"),
      (["--each-line", "--html", "x"], "--each-line and --html exclude each other"),
      (["--batch", "-", "--once", "a"], "--once"),
    ])
  func refusesOptionsThatDoNotGoTogether(options: [String], error: String) {
    let run = CommandRun(["send", "--chat", "1"] + options)
    #expect(run.code == .usage)
    #expect(run.errors.hasPrefix("turboctl: \(error)"))
  }

  @Test func theMessagesOfALineAreMadeOfItAndTheOptions() throws {
    let run = CommandRun(
      ["send", "--chat", "1", "-a", "append", "-t", "log", "--each-line", "-n", "--json"],
      input: "a < b\n\nlast")
    #expect(run.code == .done)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].contains("<template>a &lt; b</template>"))
    #expect(lines[1].contains("<template></template>"))
    #expect(lines[2].contains("<template>last</template>"))
  }

  @Test func aLineThatRemovesTakesNoContentFromTheOptions() {
    let run = CommandRun(
      ["send", "--batch", "-", "-a", "append", "-t", "log", "--html", "x", "-n", "--json"],
      input: #"{"chat": 1}"# + "\n" + #"{"chat": 1, "action": "remove", "target": "y"}"#)
    #expect(run.code == .done)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains("<template>x</template>"))
    #expect(lines[1].contains(#"<turbo-stream action=\"remove\" target=\"y\"></turbo-stream>"#))
  }
}
