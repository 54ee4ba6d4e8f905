import Core
import Testing

@testable import turboctl

/// What ended a send says less than what it had left in doubt before.
struct DoubtTests {
  private static let address = RedisAddress(endpoint: .tcp(host: "127.0.0.1", port: 1))
  private static let lost = RedisError.lost(address, reason: "lost", written: true)
  private static let gone = ChannelsError.unreachable(.connect(address, reason: "gone"))
  private static let heard = Delivery.Outcome.delivered(
    Audience(channels: 1, processes: 1, overCapacity: 0), fault: nil)

  @Test(arguments: [
    (gone, [], ExitCode.unreachable), (gone, [.failed(gone)], .unreachable),
    (gone, [.failed(.uncertain(lost))], .uncertain), (gone, [heard], .uncertain),
    (.uncertain(lost), [.failed(gone)], .uncertain), (.interrupted, [], .interrupted),
    (.interrupted, [.failed(.uncertain(lost))], .uncertain),
  ])
  func aSendThatEndsEarly(
    fault: ChannelsError, outcomes: [Delivery.Outcome], code: ExitCode
  ) throws {
    let group = try GroupName("g")
    let deliveries = outcomes.map { Delivery(group: group, outcome: $0) }
    #expect(Failure(CommandError(fault, after: deliveries)).exit == code)
  }

  /// Limits beyond all that a machine can hold.
  @Test(arguments: [
    ["send", "g", "-a", "update", "-t", "x", "--file", "-", "--dry-run"],
    ["send", "--batch", "-", "--dry-run"],
  ])
  func aLimitOfAnySizeIsALimit(arguments: [String]) {
    let line = "{\"group\":\"g\",\"action\":\"remove\",\"target\":\"x\"}\n"
    let redis = ["--redis", "redis://127.0.0.1:1", "--max-bytes", "\(Int.max)"]
    #expect(CommandRun(arguments + redis, input: line).code != .unexpected)
  }
}
