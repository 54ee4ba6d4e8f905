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

  /// The first group is in doubt, and for the second there is no server any more.
  @Test func aPipeThatEndsEarly() throws {
    let line = ["pipe", "g", "h", "-t", "x", "--redis", "redis://127.0.0.1:1"]
    guard case .run(let typed) = try specification.parse(line, environment: { _ in nil })
    else { return }
    let options = try PipeOptions(typed, GlobalOptions(typed))
    let console = Console(
      environment: { _ in nil }, input: Input(bytes: Array("text".utf8), isTerminal: false),
      output: Output(descriptor: nil, isTerminal: false),
      errors: Output(descriptor: nil, isTerminal: false))
    let layer = BreakingLayer(.failed(.uncertain(Self.lost)), Self.gone)
    var run = PipeRun(
      options, try PipeContent(options, console), [try GroupName("g"), try GroupName("h")], layer,
      PipeInput(console.input))
    let error = #expect(throws: CommandError.self) { _ = try run.run(Deadline(seconds: 5)) }
    #expect(error.map { Failure($0).exit } == .uncertain)
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

/// A layer that says one thing of the first message, and fails.
private final class BreakingLayer: ChannelLayer {
  let configuration = LayerConfiguration()
  let servers: [LayerServer] = []
  let givenUp: [GroupName: [String]] = [:]
  private let outcome: Delivery.Outcome
  private let fault: ChannelsError

  init(_ outcome: Delivery.Outcome, _ fault: ChannelsError) {
    self.outcome = outcome
    self.fault = fault
  }

  func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, meanwhile: () -> Void,
    report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    report(0, Delivery(group: messages[0].group, outcome: outcome))
    throw fault
  }

  func audiences(of groups: [GroupName], deadline: Deadline) -> [Audience] { [] }

  func names(of group: GroupName, deadline: Deadline) -> [String] { [] }

  func groups(
    matching glob: String, deadline: Deadline
  ) -> (groups: [GroupSummary], now: Double, missing: [ChannelsError]) { ([], 0, []) }

  func roundTrip(deadline: Deadline) -> Double? { nil }

  func diagnosis(deadline: Deadline) throws(ChannelsError) -> Diagnosis { throw fault }
}
