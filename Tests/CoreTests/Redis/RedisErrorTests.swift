import Testing

@testable import Core

struct RedisErrorTests {
  private static let address = RedisAddress(endpoint: .tcp(host: "redis", port: 6379))

  /// Whoever answers the login with nonsense has been told of no message.
  @Test(arguments: [
    RedisError.timedOut(address, seconds: 1, written: true),
    .lost(address, reason: "", written: true),
    .unanswered(address, reason: "", written: true),
    .garbled(address, reason: "", written: true),
  ])
  func nothingIsInDoubtBeforeAnyCommand(error: RedisError) {
    #expect(error.isAmbiguous)
    #expect(!error.beforeAnyCommand.isAmbiguous)
  }
}
