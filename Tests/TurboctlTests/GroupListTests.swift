import Core
import Testing

@testable import turboctl

struct GroupListTests {
  private let list = GroupList(
    [
      GroupSummary(
        name: "chat_10", channels: 3, processes: 2, queued: 4, oldest: 880, joined: 900...999),
      GroupSummary(
        name: "chat_9", channels: 5, processes: 1, queued: 0, oldest: nil, joined: 990...990),
      GroupSummary(name: "chat_11", tails: 1),
      GroupSummary(
        name: "room_1", channels: 1, processes: 1, queued: 9, oldest: 940, joined: 1...2),
    ], now: 1000, chats: nil)

  @Test(
    arguments: [
      (.group, ["chat_9", "chat_10", "chat_11", "room_1"]),
      (.channels, ["chat_9", "chat_10", "room_1", "chat_11"]),
      (.processes, ["chat_10", "chat_9", "room_1", "chat_11"]),
      (.queued, ["room_1", "chat_10", "chat_9", "chat_11"]),
      (.oldest, ["chat_10", "room_1", "chat_9", "chat_11"]),
      (.joined, ["chat_10", "chat_9", "room_1", "chat_11"]),
    ] as [(GroupList.Order, [String])])
  func sortsByEachColumn(order: GroupList.Order, names: [String]) throws {
    let lines = list.sorted(by: order).table.lines().dropFirst()
    #expect(lines.map { $0.split(separator: " ")[0] } == names.map { $0[...] })
  }

  @Test func isATableForPeople() {
    #expect(
      list.sorted(by: .group).prefix(3).table.lines() == [
        "GROUP    CHANNELS  PROCESSES  QUEUED  OLDEST  JOINED            TAILS",
        "chat_9          5          1       0       -  10s ago               0",
        "chat_10         3          2       4   2m 0s  1m 40s to 1s ago      0",
        "chat_11         0          0       0       -  -                     1",
      ])
  }

  @Test func takesTheGroupsOfChatsAlone() throws {
    let groups = [
      GroupSummary(name: "room_1", channels: 1, processes: 1, joined: 990.25...990.25),
      GroupSummary(name: "chat_1", channels: 1, processes: 1, queued: 2, oldest: 990.5),
      GroupSummary(name: "chat_", channels: 1, processes: 1),
    ]
    let chats = GroupList(groups, now: 1000, chats: ChatPattern("chat_{id}"))
    #expect(chats.count == 1)
    let output = Output(descriptor: nil)
    try chats.printJSON(
      Console(
        environment: { _ in nil }, input: Input(bytes: []), output: output,
        errors: Output(descriptor: nil)))
    #expect(
      String(decoding: output.written, as: UTF8.self)
        == #"{"chat":"1","group":"chat_1","channels":1,"processes":1,"queued":2,"oldest_age":9.5,"#
        + #""joined_first":null,"joined_last":null,"tails":0}"# + "\n")
  }

  @Test(arguments: [
    (-1, "0s"), (0.45, "0.4s"), (9.99, "9.9s"), (10, "10s"), (59.9, "59s"), (61, "1m 1s"),
    (3600, "1h 0m"), (86_399, "23h 59m"), (90_000, "1d 1h"), (.infinity, "11574074d 1h"),
  ])
  func agesAreReadable(seconds: Double, text: String) {
    #expect(readable(age: seconds) == text)
  }
}
