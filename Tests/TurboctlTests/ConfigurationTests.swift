import Foundation
import Testing

@testable import turboctl

/// What a configuration file says, seen in a dry run and a rendering; Redis is not there.
struct ConfigurationTests {
  private static let nowhere = "unix:///nonexistent/redis.sock"

  /// Runs with a file of that content; `FILE` in the arguments is its path.
  private static func run(
    _ content: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> CommandRun {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("pages"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("config.json")
    try content.write(to: file, atomically: true, encoding: .utf8)
    try "{% url 'chat' 7 %}{{ nobody }}{% load static %}{% static 'a.css' %}".write(
      to: folder.appendingPathComponent("pages/page.html"), atomically: true, encoding: .utf8)
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

  @Test func namesChatsAndEnvelopes() throws {
    let content = #"{"envelope": {"type": "x", "body": "{html}"}, "chat_group": "room.{id}"}"#
    let run = try Self.run(content, Self.send + ["-n"])
    #expect(run.output.contains(#""group":"room.1""#))
    #expect(run.output.contains(#""message":{"type":"x","body":"#))
  }

  @Test func warnsOfAKeyThatItDoesNotKnow() throws {
    let run = try Self.run(#"{"tempaltes": []}"#, Self.send + ["-n"])
    #expect(run.errors.hasSuffix("config.json: tempaltes: no such key\n"))
    #expect(run.code == .done)
  }

  @Test(arguments: [
    ("[]", "is not a JSON object"),
    ("{", "line 1, column 2: ends too early"),
    (#"{"templates": "pages"}"#, "templates: is not a list of strings"),
    (#"{"urls": {"chat": 1}}"#, "urls.chat: is not a list of strings"),
    (#"{"chat_group": 1}"#, "chat_group: is not a string"),
    (#"{"CHANNEL_LAYERS": []}"#, "CHANNEL_LAYERS: is not an object"),
    (
      #"{"default": {"BACKEND": "x.Y"}}"#,
      "CHANNEL_LAYERS.default.BACKEND: 'x.Y' is not supported yet"
    ),
    (
      #"{"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"capacity": "5"}}}"#,
      "CHANNEL_LAYERS.default.CONFIG.capacity: is not a whole number"
    ),
    (
      #"{"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": ["redis://a", "redis://b"]}}}"#,
      "CHANNEL_LAYERS.default.CONFIG.hosts: several hosts are not supported yet"
    ),
    (
      #"{"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"symmetric_encryption_keys": ["k"]}}}"#,
      "CHANNEL_LAYERS.default.CONFIG.symmetric_encryption_keys: is not supported yet"
    ),
  ])
  func refusesWhatItCannotDoAndNamesThePlace(content: String, message: String) throws {
    let arguments = ["render", "--template", "page.html"]
    let run = try Self.run(content, arguments)
    #expect(run.errors.contains("config.json: \(message)") || run.errors.contains("\(message)\n"))
    #expect(run.output == "")
    #expect(run.code == .usage)
  }
}
