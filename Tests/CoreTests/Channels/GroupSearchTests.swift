import Testing

@testable import Core

struct GroupSearchTests {
  private let soon = Deadline(seconds: 20)

  @Test(arguments: ["chat_*", "chat_?", "chat_[0-9]", "chat_[^a]", "*"])
  func acceptsWhatANameCanMatch(pattern: String) throws {
    #expect(try GroupPattern(pattern).text == pattern)
    #expect(GroupPattern.isPattern(pattern))
  }

  @Test(arguments: ["a b*", "é*", "a:b*", "*\n"])
  func refusesWhatNoNameCanMatch(pattern: String) {
    #expect(throws: GroupName.Fault.self) { try GroupPattern(pattern) }
  }

  @Test func findsEachGroupOnceAndThoseThatAppearLater() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["chat_1", "chat_2", "room_1", "other"], layer)
    let known = try GroupName("chat_2")
    let patterns = [try GroupPattern("chat_*"), try GroupPattern("room_?")]
    var search = GroupSearch(patterns, known: [known])
    #expect(Set(try search.all(in: layer, deadline: soon).map(\.text)) == ["chat_1", "room_1"])
    #expect(try search.all(in: layer, deadline: soon) == [])
    try join(["chat_3"], layer)
    var found: [GroupName] = []
    let late = Deadline(seconds: 20)
    while found.isEmpty, !late.hasPassed { found = try search.next(in: layer, deadline: soon) }
    #expect(found.map(\.text) == ["chat_3"])
  }

  @Test func passesOverWhatIsNoGroup() throws {
    let server = try RedisServer()
    let layer = server.layer()
    try join(["turboctl.ping.1", "real"], layer)
    var connection = try server.connect()
    for name in ["string", "not a name", "\u{1B}[2J"] {
      let key = RedisCommand.Argument.text("asgi:group:\(name)")
      _ = try connection.call(RedisCommand("SET", key, "1"), deadline: soon)
    }
    var search = GroupSearch([try GroupPattern("*")], known: [])
    #expect(try search.all(in: layer, deadline: soon).map(\.text) == ["real"])
  }

  private func join(_ names: [String], _ layer: CoreLayer) throws {
    let joinings = try names.map { Joining(try GroupName($0), channel: "specific.a!1", life: 100) }
    _ = try layer.join(joinings, deadline: soon)
  }
}
