import Foundation
import Testing

@testable import turboctl

/// What a configuration file says, seen in a dry run and a rendering; Redis is not there.
struct ConfigurationTests {
  private static let nowhere = "unix:///nonexistent/redis.sock"

  /// Runs with a file of that content; `FILE` in the arguments is its path.
  private static func run(
    _ content: String, _ arguments: [String], environment: [String: String] = [:],
    mode: Int = 0o600
  ) throws -> CommandRun {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("pages"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("config.json")
    try content.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    try "{% url 'chat' 7 %}{{ nobody }}{% load static %}{% static 'a.css' %}".write(
      to: folder.appendingPathComponent("pages/page.html"), atomically: true, encoding: .utf8)
    try "{% now 'T' %}".write(
      to: folder.appendingPathComponent("pages/zone.html"), atomically: true, encoding: .utf8)
    return CommandRun(arguments + ["--config", file.path], environment: environment)
  }

  private static let send = ["send", "--chat", "1", "-a", "refresh", "--json"]
  private static let layers = #"""
    {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG":
      {"hosts": ["\#(nowhere)"], "prefix": "site", "capacity": 5, "expiry": 9, "group_expiry": 99}}}
    """#

  @Test(arguments: [layers, #"{"CHANNEL_LAYERS": \#(layers)}"#])
  func namesTheLayerInBothForms(content: String) throws {
    let run = try Self.run(content, Self.send + ["-n"])
    #expect(run.output.contains(#""keys":["site:group:turbo_stream.chat_1"]"#))
    #expect(run.errors == "")
    let sent = try Self.run(content, Self.send)
    #expect(sent.errors.contains("cannot connect to /nonexistent/redis.sock"))
    #expect(sent.code == .unreachable)
  }

  @Test(arguments: [
    ([], ["REDIS_URL": "unix:///weaker"], "/nonexistent/redis.sock"),
    ([], ["TURBOCTL_REDIS_URL": "unix:///variable"], "/variable"),
    (["--redis", "unix:///flag"], ["TURBOCTL_REDIS_URL": "unix:///variable"], "/flag"),
  ])
  func standsBehindFlagsAndVariables(
    flags: [String], environment: [String: String], place: String
  ) throws {
    let run = try Self.run(Self.layers, Self.send + flags, environment: environment)
    #expect(run.errors.contains("cannot connect to \(place)\""))
  }

  @Test func tellsTemplatesOfTheProject() throws {
    let content = #"""
      {"templates": ["pages"], "static_url": "/files/", "string_if_invalid": "(%s)",
       "urls": {"chat": "chat/<int:pk>/"}}
      """#
    let run = try Self.run(content, ["render", "--template", "page.html"])
    #expect(run.output == "/chat/7/(nobody)/files/a.css")
    #expect(run.errors == "")
  }

  @Test(arguments: [([], "JST"), (["--timezone", "Europe/Paris"], "CE")])
  func tellsTheTimeZone(flags: [String], letters: String) throws {
    let content = #"{"templates": ["pages"], "time_zone": "Asia/Tokyo"}"#
    let run = try Self.run(content, ["render", "--template", "zone.html"] + flags)
    #expect(run.output.hasPrefix(letters))
  }

  @Test func namesChatsAndEnvelopes() throws {
    let content = #"{"envelope": {"type": "x", "body": "{html}"}, "chat_group": "room.{id}"}"#
    let run = try Self.run(content, Self.send + ["-n"])
    #expect(run.output.contains(#""group":"room.1""#))
    #expect(run.output.contains(#""message":{"type":"x","body":"#))
  }

  @Test(arguments: [
    (#"{"tempaltes": []}"#, ":1:15: tempaltes: no such key; did you mean 'templates'?"),
    (#"{"x": []}"#, ":1:7: x: no such key"),
  ])
  func warnsOfAKeyThatItDoesNotKnow(content: String, warning: String) throws {
    let run = try Self.run(content, Self.send + ["-n"])
    #expect(run.errors.hasPrefix("turboctl: warning: "))
    #expect(run.errors.hasSuffix("config.json\(warning)\n"))
    #expect(run.code == .done)
  }

  @Test(arguments: [
    ("[]", ": is not a JSON object"),
    ("{", ": line 1, column 2: ends too early"),
    (#"{"templates": "pages"}"#, ":1:15: templates: is not a list of strings"),
    (#"{"templates": ["a", 1]}"#, ":1:21: templates[1]: is not a string"),
    ("{\n  \"urls\": {\"chat\": 1}\n}", ":2:20: urls.chat: is not a list of strings"),
    (#"{"urls": {"chat": ["a", 1]}}"#, ":1:25: urls.chat[1]: is not a string"),
    (#"{"chat_group": 1}"#, ":1:16: chat_group: is not a string"),
    (#"{"chat_group": "x"}"#, ":1:16: chat_group: 'x' holds no {id}"),
    (#"{"envelope": 1}"#, ":1:14: envelope: is not a string"),
    (#"{"envelope": {"a": 1}}"#, ":1:14: envelope: nowhere in it stands {html}"),
    (#"{"time_zone": "Mars"}"#, ":1:15: time_zone: this machine knows no time zone 'Mars'"),
    (#"{"layer_version": "new"}"#, ":1:19: layer_version: 'new' is not a version such as 4.2.1"),
    (#"{"CHANNEL_LAYERS": []}"#, ":1:20: CHANNEL_LAYERS: is not an object"),
  ])
  func refusesAWrongTypeAndNamesThePlace(content: String, message: String) throws {
    let run = try Self.run(content, ["render", "--template", "page.html"])
    #expect(run.errors.components(separatedBy: "\n")[0].hasSuffix("config.json\(message)"))
    #expect(run.output == "")
    #expect(run.code == .usage)
  }

  @Test func findsTheLineWhereTheLayersAreTheWholeFile() throws {
    let run = try Self.run(#"{"default": {"BACKEND": "x.Y"}}"#, Self.send)
    #expect(
      run.errors.contains(
        "config.json:1:25: CHANNEL_LAYERS.default.BACKEND: 'x.Y' is not a layer of channels_redis"))
  }

  @Test(arguments: [
    (["--layer", "chat"], [:], "asgi2:group:turbo_stream.chat_1"),
    ([], ["TURBOCTL_LAYER": "chat"], "asgi2:group:turbo_stream.chat_1"),
    (["--layer", "default"], ["TURBOCTL_LAYER": "chat"], "asgi1:group:turbo_stream.chat_1"),
    ([], [:], "asgi1:group:turbo_stream.chat_1"),
    (["--prefix", "x"], [:], "x:group:turbo_stream.chat_1"),
  ])
  func choosesALayer(flags: [String], environment: [String: String], key: String) throws {
    let run = try Self.run(Self.two, Self.send + ["-n"] + flags, environment: environment)
    #expect(run.output.contains(#""keys":["\#(key)"]"#))
  }

  @Test func namesTheLayersWhereNoneIsMeant() throws {
    let run = try Self.run(Self.two, Self.send.dropLast() + ["--layer", "caht"])
    #expect(
      run.errors.hasSuffix(
        "config.json:1:1: CHANNEL_LAYERS: has no layer 'caht', only default, chat\n"
          + "hint: did you mean --layer chat?\n"))
    #expect(run.code == .usage)
    let without = CommandRun(["send", "g", "-a", "refresh", "--layer", "chat"])
    #expect(
      without.errors.hasPrefix(
        "turboctl: --layer: no layer 'chat', since no configuration names layers\n"))
    #expect(without.code == .usage)
  }

  private static let two = #"""
    {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer",
      "CONFIG": {"hosts": ["\#(nowhere)"], "prefix": "asgi1"}},
     "chat": {"BACKEND": "channels_redis.core.RedisChannelLayer",
      "CONFIG": {"hosts": ["\#(nowhere)"], "prefix": "asgi2"}}}
    """#

  @Test(arguments: [
    (0o600, #"{"default": {"BACKEND": "x", "CONFIG": {"hosts": ["redis://:s3cret@h"]}}}"#, false),
    (0o644, #"{"default": {"BACKEND": "x", "CONFIG": {"hosts": ["redis://:s3cret@h"]}}}"#, true),
    (
      0o640, #"{"default": {"BACKEND": "x", "CONFIG": {"symmetric_encryption_keys": ["s3cret"]}}}"#,
      true
    ),
    (0o604, #"{"default": {"BACKEND": "x", "CONFIG": {"hosts": [{"password": "s3cret"}]}}}"#, true),
    (0o644, #"{"default": {"BACKEND": "x", "CONFIG": {"hosts": ["redis://h"]}}}"#, false),
  ])
  func warnsOfSecretsThatOthersMayRead(mode: Int, content: String, isWarned: Bool) throws {
    let run = try Self.run(content, Self.send, mode: mode)
    #expect(run.errors.contains("config.json: holds passwords or keys") == isWarned)
    #expect(!run.errors.contains("s3cret"))
    #expect(run.code == .usage)
  }
}
