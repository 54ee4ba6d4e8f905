import Testing

@testable import Core

/// A signal in the midst of a send of several messages, each of which takes several steps.
struct InterruptionTests {
  private let soon = Deadline(seconds: 20)

  /// What is asked as the signal comes, how many hosts there are, and the messages that are in doubt then: those
  /// behind them surely were not sent.
  @Test(arguments: [("ZRANGE", 1, []), ("EVALSHA", 1, []), ("EVALSHA", 2, [0])])
  func whatWasNotWrittenIsNotInDoubt(command: String, hosts: Int, doubtful: [Int]) throws {
    let servers = try (0..<hosts).map { _ in try RedisServer() }
    let alarm = Alarm()
    var settings = RedisClient.Settings()
    settings.watched = alarm.watched
    settings.grace = 5
    settings.trace = { if $0.hasPrefix(command) { alarm.ring() } }
    var configuration = LayerConfiguration()
    configuration.encryptionKeys = ["key"]
    let group = try GroupName("g")
    let quiet = RedisServer.layer(over: servers, configuration)
    _ = try quiet.join(
      (0..<20).map { Joining(group, channel: "specific.\($0)!1", life: 60) }, deadline: soon)
    // The script is known then.
    if !doubtful.isEmpty {
      try quiet.send([message(to: group)], policy: SendPolicy(), deadline: soon) { _, _ in }
    }
    let layer = CoreLayer(
      servers.map { RedisClient(.server($0.address), settings) }, configuration: configuration)
    var answers: [Int: Delivery.Outcome] = [:]
    #expect(throws: ChannelsError.interrupted) {
      try layer.send(
        (0..<3).map { _ in try message(to: group) }, policy: SendPolicy(), deadline: soon
      ) { answers[$0] = $1.outcome }
    }
    #expect(answers.keys.sorted() == doubtful)
    #expect(answers.values.allSatisfy { $0 == .failed(.uncertain(.interrupted)) })
  }

  private func message(to group: GroupName) throws -> GroupMessage {
    try GroupMessage(try Message(.object(["type": .string("x")])), to: group, as: .msgpack)
  }
}
