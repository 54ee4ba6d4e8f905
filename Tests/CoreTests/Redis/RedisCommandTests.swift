import Testing

@testable import Core

struct RedisCommandTests {
  @Test(arguments: [
    (RedisCommand("PING"), "*1\r\n$4\r\nPING\r\n"),
    (RedisCommand("SET", "ké", ""), "*3\r\n$3\r\nSET\r\n$3\r\nké\r\n$0\r\n\r\n"),
    (
      RedisCommand("SET", "k", .bytes([0x0D, 0x0A, 0])),
      "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\n\r\n\0\r\n"
    ),
  ])
  func isAnArrayOfBulkStrings(command: RedisCommand, expected: String) {
    var bytes: [UInt8] = []
    command.append(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    (RedisCommand("AUTH", "user", "secret"), "AUTH *** ***"),
    (RedisCommand("ZADD", "key", .bytes([1, 2, 3])), "ZADD key <3 bytes>"),
    (RedisCommand("EVAL", .text(String(repeating: "x", count: 101))), "EVAL <101 bytes>"),
  ])
  func logShowsNoSecretAndNoPayload(command: RedisCommand, expected: String) {
    #expect(command.description == expected)
  }

  @Test(arguments: [
    (
      "READONLY You can't write against a read only replica.", "READONLY",
      "You can't write against a read only replica."
    ),
    (
      "ERR unknown command 'EVAL', with args beginning with: 'payload'", "ERR",
      "unknown command 'EVAL'"
    ),
    ("OOM", "OOM", ""),
    (
      "DENIED " + String(repeating: "x", count: 201), "DENIED",
      String(repeating: "x", count: 200) + "…"
    ),
    // Inside a script, as Redis 7 says it, and as Redis 6 does.
    (
      "WRONGTYPE Operation against a key script: bcb6ace, on @user_script:1.",
      "WRONGTYPE", "Operation against a key"
    ),
    ("@user_script: 41: -OOM command not allowed", "OOM", "command not allowed"),
    (
      "ERR Error running script (call to f_51b6): @user_script:1: @user_script: 1: -READONLY No.",
      "READONLY", "No."
    ),
    (
      "ERR Error running script (call to f_51b6): @user_script:9: WRONGTYPE Operation",
      "WRONGTYPE", "Operation"
    ),
  ])
  func errorKeepsItsCodeAndDropsTheEcho(line: String, code: String, text: String) {
    let error = ServerError(line)
    #expect(error.code == code)
    #expect(error.text == text)
  }
}
