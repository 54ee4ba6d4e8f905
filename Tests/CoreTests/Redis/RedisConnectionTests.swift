import Testing

@testable import Core

struct RedisConnectionTests {
  private let soon = Deadline(seconds: 20)

  @Test(arguments: [
    (RedisCommand("PING"), Reply.status("PONG")),
    (RedisCommand("STRLEN", "absent"), .integer(0)),
    (RedisCommand("GET", "absent"), .null),
    (RedisCommand("ECHO", .bytes([0, 0xFF, 0x0D])), .bytes([0, 0xFF, 0x0D])),
    (
      RedisCommand("EVAL", "return {1, {'a', false}}", "0"),
      .array([.integer(1), .array([.bytes([0x61]), .null])])
    ),
    (
      RedisCommand("LPUSH"),
      .error(ServerError("ERR wrong number of arguments for 'lpush' command"))
    ),
  ])
  func copiesEveryKindOfReply(command: RedisCommand, expected: Reply) throws {
    let server = try RedisServer()
    var connection = try server.connect()
    #expect(try connection.call(command, deadline: soon) == expected)
  }

  @Test func answersAPipelineInOrder() throws {
    let server = try RedisServer()
    var connection = try server.connect()
    var replies: [Reply] = []
    try connection.pipeline(
      (0..<1000).map { RedisCommand("ECHO", "\($0)") }, deadline: soon
    ) { replies.append($1) }
    #expect(replies == (0..<1000).map { .bytes(Array("\($0)".utf8)) })
  }

  @Test func carriesMoreThanTheSocketsBuffers() throws {
    let server = try RedisServer()
    var connection = try server.connect()
    let large = [UInt8](repeating: 0xA5, count: 8 << 20)
    #expect(
      try connection.call(RedisCommand("ECHO", .bytes(large)), deadline: soon) == .bytes(large))
  }

  @Test func selectsBeforeAnythingElse() throws {
    let server = try RedisServer()
    var address = server.address
    address.database = 3
    var connection = try RedisConnection.open(address, connectTimeout: 5, deadline: soon)
    _ = try connection.call(RedisCommand("SET", "k", "v"), deadline: soon)
    var other = try server.connect()
    #expect(try other.call(RedisCommand("EXISTS", "k"), deadline: soon) == .integer(0))
  }

  @Test(arguments: [
    ([], "secret", "ERR"),
    (["--requirepass", "right"], "wrong", "WRONGPASS"),
  ])
  func refusesAWrongLogin(options: [String], password: String, code: String) throws {
    let server = try RedisServer(options)
    var address = server.address
    address.password = password
    let error = #expect(throws: RedisError.self) {
      _ = try RedisConnection.open(address, connectTimeout: 5, deadline: soon)
    }
    guard case .refused(_, let refusal) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(refusal.code == code)
  }

  @Test func aUserWithoutAPasswordLogsIn() throws {
    let server = try RedisServer(["--user", "someone", "on", "nopass", "+@all", "~*"])
    var address = server.address
    address.username = "someone"
    var connection = try RedisConnection.open(address, connectTimeout: 5, deadline: soon)
    #expect(
      try connection.call(RedisCommand("ACL", "WHOAMI"), deadline: soon)
        == .bytes(Array("someone".utf8)))
  }

  @Test func writesNothingOnceTheDeadlineHasPassed() throws {
    let server = try RedisServer()
    var connection = try server.connect()
    #expect(throws: RedisError.timedOut(server.address, seconds: 0, written: false)) {
      try connection.call(RedisCommand("SET", "k", "v"), deadline: Deadline(seconds: 0))
    }
    #expect(try connection.call(RedisCommand("EXISTS", "k"), deadline: soon) == .integer(0))
  }

  @Test func saysThatNobodyListens() {
    let address = RedisAddress(endpoint: .unix(path: "/nonexistent/redis.sock"))
    #expect(throws: RedisError.connect(address, reason: "No such file or directory")) {
      _ = try RedisConnection.open(address, connectTimeout: 5, deadline: soon)
    }
  }

  @Test func keepsTheDeadlineWithASilentServer() throws {
    let server = try RedisServer()
    var connection = try server.connect()
    server.suspend()
    defer { server.resume() }
    let start = Deadline.monotonic()
    #expect(throws: RedisError.timedOut(server.address, seconds: 0.2, written: true)) {
      try connection.call(RedisCommand("PING"), deadline: Deadline(seconds: 0.2))
    }
    #expect(Deadline.monotonic() - start < 5)
  }

  /// Whether what is asked fits into the socket's buffers or not.
  @Test(arguments: [0, 32 << 20])
  func aSilentServerIsGivenUpWithoutADeadline(size: Int) throws {
    let server = try RedisServer()
    var settings = RedisClient.Settings()
    settings.patience = 0.5
    let client = RedisClient(.server(server.address), settings)
    let never = Deadline(seconds: nil)
    try client.connect(never)
    server.suspend()
    defer { server.resume() }
    let start = Deadline.monotonic()
    let command = RedisCommand("ECHO", .bytes([UInt8](repeating: 0, count: size)))
    #expect(throws: RedisError.timedOut(server.address, seconds: 0.5, written: true)) {
      try client.pipeline([command], deadline: never) { _, _ in }
    }
    #expect(0.5..<5 ~= Deadline.monotonic() - start)
    #expect(client.descriptor == nil)
  }

  @Test func aServerThatIsSilentAtTheLoginIsGivenUp() throws {
    let server = try RedisServer()
    var address = server.address
    address.database = 1
    var settings = RedisClient.Settings()
    settings.patience = 0.2
    settings.connectTimeout = 0.1
    server.suspend()
    defer { server.resume() }
    let start = Deadline.monotonic()
    #expect(throws: RedisError.self) {
      try RedisClient(.server(address), settings).connect(Deadline(seconds: nil))
    }
    #expect(Deadline.monotonic() - start < 5)
  }

  @Test func tellsThatTheServerClosed() throws {
    let server = try RedisServer()
    var connection = try server.connect()
    #expect(
      throws: RedisError.unanswered(
        server.address, reason: "the server closed the connection", written: true)
    ) {
      try connection.call(RedisCommand("SHUTDOWN", "NOSAVE"), deadline: soon)
    }
  }

  @Test(arguments: [1, 8 << 20])
  func aServerThatHangsUpOnWhoHasNotLoggedInWantsALogin(size: Int) throws {
    let server = try RedisServer()
    var owner = try server.connect()
    _ = try owner.call(RedisCommand("CONFIG", "SET", "requirepass", "p"), deadline: soon)
    var connection = try server.connect()
    let long = RedisCommand(
      [.text("RPUSH"), "k"]
        + Array(repeating: .bytes(Array(repeating: 0, count: size)), count: 10))
    #expect(
      throws: RedisError.refused(server.address, ServerError("NOAUTH Authentication required."))
    ) {
      try connection.pipeline([RedisCommand("PING"), long, long], deadline: soon) { _, _ in }
    }
    #expect(try owner.call(RedisCommand("EXISTS", "k"), deadline: soon) == .integer(0))
  }

  @Test func aWatchedDescriptorEndsTheWait() throws {
    let server = try RedisServer()
    let alarm = Alarm()
    var connection = try RedisConnection.open(
      server.address, connectTimeout: 5, deadline: soon,
      watched: alarm.watched)
    alarm.ring()
    #expect(throws: RedisError.interrupted) {
      try connection.call(RedisCommand("BLPOP", "none", "0"), deadline: soon)
    }
  }
}
