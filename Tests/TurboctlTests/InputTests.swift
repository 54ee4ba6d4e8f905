import Testing

@testable import turboctl

/// Wrong input: exit 2, a line of what and where, at most a line of hint, and Redis not asked.
struct InputTests {
  @Test(
    arguments: [
      (
        [], "no command given",
        "one of send, render, tail, pipe, chats, groups, queue, flush, ping, bench, doctor, config, completions, version, help"
      ),
      (["sned"], "unknown command 'sned'", "did you mean 'send'?"),
      (["send"], "missing argument GROUP or --chat ID for send", nil),
      (
        ["send", "g", "--targt", "x"], "unknown option '--targt' for send",
        "did you mean '--target'?"
      ),
      (["send", "g", "--chat", "1", "--html", "x"], "--chat and g exclude each other", nil),
      (["send", "--chat", "", "--html", "x"], "--chat: is empty", nil),
      (["send", "g", "--html", "x", "--once", ""], "--once: is empty", nil),
      (
        ["send", "g", "--html", "x", "--once", "a", "--once-ttl", "0"],
        "--once-ttl: must be more than 0", nil
      ),
      (
        ["send", "--chat", "1 2", "-a", "remove", "-t", "x"],
        "group 'turbo_stream.chat_1 2': ' ' is not allowed; a name has ASCII letters, digits, hyphens, underscores, periods",
        nil
      ),
      (
        ["send", "g", "-a", "updaet", "-t", "x"],
        "--action: 'updaet' is none of Turbo's actions (append, prepend, replace, update, remove, before, after, refresh)",
        "did you mean 'update'?"
      ),
      (
        ["send", "g", "-a", "xyz", "-t", "x"],
        "--action: 'xyz' is none of Turbo's actions (append, prepend, replace, update, remove, before, after, refresh)",
        "--custom-action sends it all the same"
      ),
      (
        ["send", "g", "-a", "update", "--html", "x"],
        "--action update: needs --target ID or --targets CSS", nil
      ),
      (
        ["send", "g", "-a", "update", "-t", "x", "--targets", "y"],
        "-t and --targets exclude each other", nil
      ),
      (["send", "g", "-a", "update", "-t", ""], "--target: is empty", nil),
      (
        ["send", "g", "-a", "remove", "-t", "x", "--html", "y"],
        "--action remove: the element has no content", nil
      ),
      (
        ["send", "g", "-t", "x", "--html", "y"],
        "--target: needs an element to stand on: give --action", nil
      ),
      (
        ["send", "g", "-a", "refresh", "--attr", "a b=1"], "--attr: 'a b' cannot name an attribute",
        nil
      ),
      (
        ["send", "g", "-a", "refresh", "--attr", "Target=1"],
        "--attr: 'Target' is on the element already", nil
      ),
      (["send", "g", "--html", "x", "--text", "y"], "--html and --text exclude each other", nil),
      (
        ["send", "g", "--html", "plain"],
        "the content: holds no <turbo-stream>, so pages would ignore it",
        "--action makes an element of it; --raw sends it as it is"
      ),
      (
        ["send", "g"], "no content: standard input is empty", "--html '' asks for an empty content"
      ),
      (["send", "g", "--file", "/nonexistent"], "/nonexistent: No such file or directory", nil),
      (["send", "g", "--file", "/tmp"], "/tmp: Is a directory", nil),
      (
        ["send", "g", "-a", "update", "-t", "x", "--html", "12345", "--max-bytes", "50"],
        "the message is too large: 82 bytes, more than --max-bytes 50",
        nil
      ),
      (["send", "g", "--message", "{"], "--message: line 1, column 2: ends too early", nil),
      (["send", "g", "--message", "[]"], "the message: is not a JSON object", nil),
      (
        ["send", "g", "--message", "{}"],
        "the message: has no \"type\", the name of the consumer's handler", nil
      ),
      (
        ["send", "g", "--message", #"{"type":"_x"}"#],
        "the message: the type '_x' names no handler: Channels would close the pages' sockets", nil
      ),
      (
        ["send", "g", "--message", #"{"type":"x"}"#, "--html", "x"],
        "--message and --html exclude each other", nil
      ),
      (
        ["send", "g", "--html", "x", "--envelope", "xml"],
        "--envelope: is neither html nor actioncable nor a JSON object", nil
      ),
      (
        ["send", "g", "--html", "x", "--envelope", #"{"type":1}"#],
        "--envelope: nowhere in it stands {html}", nil
      ),
      (
        ["send", "--chat", "1", "--html", "x", "--chat-group", "chat"],
        "--chat-group: 'chat' holds no {id}", nil
      ),
      (
        ["send", "g", "--html", "x", "--capacity", "0"],
        "--capacity: '0' is not a whole number of 1 or more", nil
      ),
      (
        ["send", "g", "--html", "x", "--timeout", "soon"],
        "--timeout: 'soon' is not a duration such as 10, 500ms, 5s, 2m or 1h", nil
      ),
      (
        ["send", "g", "-a", "remove", "-t", "x", "--redis", "h:6379"],
        "--redis: a Redis URL begins with redis://, rediss:// or unix://", nil
      ),
      (
        ["send", "g", "-a", "remove", "-t", "x", "--redis", "redis://:a#b@h"],
        "--redis: an unescaped # in the URL",
        "in a password, # is written %23"
      ),
      (
        ["tail", "g", "--json", "--format", "html"], "--json and --format html exclude each other",
        nil
      ),
      (
        ["tail", "g", "--format", "json", "--format", "html"],
        "--format json and --format html exclude each other", nil
      ),
      (["tail", "g", "--lease", "1"], "--lease: at least 2 s are needed to renew it", nil),
      (["tail", "--chat", "1", "g_*"], "--chat and g_* exclude each other", nil),
      (
        ["tail", "g *"],
        "group 'g *': ' ' is not allowed; a name has ASCII letters, digits, hyphens, underscores, periods",
        nil
      ),
      (
        ["send", "g_*", "--html", "<turbo-stream>"],
        "group 'g_*': '*' is not allowed; a name has ASCII letters, digits, hyphens, underscores, periods",
        nil
      ),
      (["ping", "--crit", "1"], "--crit: needs --check", nil),
      (["tail", "g", "--color", "red"], "--color: 'red' is not one of auto, always, never", nil),
      (["chats"], "no command given for chats", "one of list, show"),
      (["chats", "lits"], "unknown command 'lits' for chats", "did you mean 'list'?"),
      (["chats", "list", "x"], "unexpected argument 'x' for chats list", nil),
      (
        ["chats", "list", "--sort", "size"],
        "--sort: 'size' is not one of chat, group, channels, processes, queued, oldest, joined", nil
      ),
      (
        ["groups", "list", "--sort", "chat"],
        "--sort: 'chat' is not one of group, channels, processes, queued, oldest, joined", nil
      ),
      (["chats", "list", "--watch", "0"], "--watch: at least 0.1 s", nil),
      (["chats", "list", "--limit", "0"], "--limit: '0' is not a whole number of 1 or more", nil),
      (["chats", "show", ""], "ID: is empty", nil),
      (["groups", "discard", "g"], "missing argument CHANNEL for groups discard", nil),
      (["queue", "peek", ""], "CHANNEL: is empty", nil),
      (["flush"], "missing argument --group G, --queues or --all for flush", nil),
      (["flush", "--all", "--queues"], "--all and --queues exclude each other", nil),
      (
        ["render", "-a", "update", "-t", "x"], "no content: standard input is empty",
        "--html '' asks for an empty content"
      ),
    ] as [([String], String, String?)])
  func wrongInputIsOneLineAndNothingIsSent(arguments: [String], message: String, hint: String?) {
    // Were Redis asked, the answer would be that nobody is there, and exit 3.
    let run = CommandRun(
      arguments, environment: ["TURBOCTL_REDIS_URL": "unix:///nonexistent/redis.sock"])
    let hintLine = hint.map { "hint: \($0)\n" } ?? ""
    if arguments.contains("--json") {
      #expect(run.errors.hasPrefix(#"{"error":"\#(message)""#))
    } else {
      #expect(run.errors == "turboctl: \(message)\n\(hintLine)")
    }
    #expect(run.output == "")
    #expect(run.code == .usage)
  }

  @Test func aTerminalIsNoContent() {
    let run = CommandRun(["send", "g"], input: nil)
    #expect(run.errors.hasPrefix("turboctl: no content: standard input is a terminal\nhint: "))
    #expect(run.code == .usage)
  }

  @Test func nobodyThereIsExitThreeAndNamesThePlace() {
    let run = CommandRun(
      [
        "send", "g", "-a", "remove", "-t", "x", "--redis",
        "unix://u:secret@/nonexistent/redis.sock",
      ])
    #expect(
      run.errors.hasPrefix(
        "turboctl: cannot connect to /nonexistent/redis.sock: No such file or directory\nhint: "))
    #expect(!run.errors.contains("secret"))
    #expect(run.code == .unreachable)
  }

  @Test func withJSONAnErrorIsOneObject() {
    let run = CommandRun(["send", "--json", "g", "--html", "plain"])
    #expect(
      run.errors
        == #"{"error":"the content","detail":"holds no <turbo-stream>, so pages would ignore it","hint":"#
        + #""--action makes an element of it; --raw sends it as it is","exit":2}"# + "\n")
  }

  @Test func aDryRunNeedsNoRedis() {
    let run = CommandRun(
      ["send", "g", "-n", "-a", "remove", "-t", "x", "--redis", "unix:///nonexistent"])
    #expect(
      run.output == """
        g: would send 56 bytes
          element: <turbo-stream action="remove" target="x"></turbo-stream>
          message: {"type":"html_message","html":"<turbo-stream action=\\"remove\\" target=\\"x\\"></turbo-stream>"}
          keys: asgi:group:g
          receivers: unknown, Redis cannot be asked

        """)
    #expect(run.code == .done)
  }
}
