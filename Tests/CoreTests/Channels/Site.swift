@testable import Core

/// Servers with a layer on them, and one group.
struct Site {
  let servers: [RedisServer]
  let layer: CoreLayer
  let group: GroupName
  private let others: Int
  private let deadline = Deadline(seconds: 60)

  init(
    _ road: FanoutTests.Road, _ group: GroupName, _ configuration: LayerConfiguration? = nil
  ) throws {
    servers = try (0..<road.hosts).map { _ in try RedisServer() }
    layer = RedisServer.layer(over: servers, configuration ?? road.configuration)
    self.group = group
    others = road.others
    try join((0..<others).map { "specific.other-\($0)-of-many!1" })
  }

  func join(_ channels: [String], offset: Double = 0) throws {
    let joinings = channels.map { Joining(group, channel: $0, offset: offset, life: 100) }
    _ = try layer.join(joinings, deadline: deadline)
  }

  /// Of the test's own members and those beside them.
  func audience(_ channels: Int, _ processes: Int, _ overCapacity: Int) -> Audience {
    Audience(
      channels: channels + others, processes: processes + others, overCapacity: overCapacity)
  }

  func send(
    _ policy: SendPolicy = SendPolicy(), html: String = "x"
  ) throws -> Delivery.Outcome? {
    let message = try Message(.object(["type": .string("html_message"), "html": .string(html)]))
    var outcome: Delivery.Outcome?
    try layer.send(
      [GroupMessage(message, to: group, as: layer.configuration.serializer)], policy: policy,
      deadline: deadline
    ) { outcome = $1.outcome }
    return outcome
  }

  /// The channels that each message waiting in a queue is meant for; takes them off.
  func names(in queue: String) throws -> [[String]] {
    try layer.take(from: queue, limit: 1000, waiting: 0.01, deadline: deadline).members
      .map { try layer.read($0.bytes, score: $0.score).channels }
  }

  /// Empties the queues of those beside the test's own, which fill up with every message.
  func empty() throws {
    let keys = (0..<others).map {
      LayerKey.queue(process: Array("specific.other-\($0)-of-many!".utf8))
    }
    try layer.unlink(keys, deadline: deadline) { _ in }
  }
}
