import Testing

@testable import turboctl

struct RenderTests {
  @Test(arguments: [
    (
      ["-a", "update", "-t", "list", "--html", "<b>"], "",
      #"<turbo-stream action="update" target="list"><template><b></template></turbo-stream>"#
    ),
    (
      ["-a", "append", "-t", "list", "--text", "a < b"], "",
      #"<turbo-stream action="append" target="list"><template>a &lt; b</template></turbo-stream>"#
    ),
    (
      ["-a", "append", "--targets", ".x", "--html", ""], "",
      #"<turbo-stream action="append" targets=".x"><template></template></turbo-stream>"#
    ),
    (
      ["-a", "remove", "-t", "list"], "never read",
      #"<turbo-stream action="remove" target="list"></turbo-stream>"#
    ),
    (
      ["-a", "refresh", "--attr", "method=morph", "--attr", "request-id=a=b"], "",
      #"<turbo-stream action="refresh" method="morph" request-id="a=b"></turbo-stream>"#
    ),
    (
      ["-a", "redirect_to", "--custom-action", "--html", "x"], "",
      #"<turbo-stream action="redirect_to"><template>x</template></turbo-stream>"#
    ),
    (
      ["-a", "before", "-t", "list"], "from stdin\n\n",
      "<turbo-stream action=\"before\" target=\"list\"><template>from stdin\n</template></turbo-stream>"
    ),
    (["--text", "<bare>"], "", "&lt;bare&gt;"),
    ([], "bare\n", "bare"),
    (["--file", "-"], "bare\n", "bare"),
  ])
  func printsExactlyTheElement(arguments: [String], input: String, expected: String) {
    let run = CommandRun(["render"] + arguments, input: input)
    #expect(run.output == expected)
    #expect(run.errors == "")
    #expect(run.code == .done)
  }

  @Test func endsWithANewlineOnATerminalAloneAndDrivesNone() {
    let run = CommandRun(["render", "--html", "\u{1B}[2J"], isTerminal: true)
    #expect(run.output == "\\u{1B}[2J\n")
  }

  @Test func jsonCountsTheBytes() {
    let run = CommandRun(["render", "--html", "é", "--json"])
    #expect(run.output == #"{"html":"é","bytes":2}"# + "\n")
  }
}
