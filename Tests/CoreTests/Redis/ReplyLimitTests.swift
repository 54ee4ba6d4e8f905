import Foundation
import Testing

@testable import Core

/// A connection to a server that sends what no server should.
struct ReplyLimitTests {
  @Test(arguments: [
    ("*2147483647\r\n", "an array of more than 16 million elements"),
    ("$4611686018427387904\r\n", "a string of more than 512 MB"),
    ("*1\r\n*16777217\r\n", "an array of more than 16 million elements"),
    ("*2\r\n*0\r\n" + String(repeating: "*1\r\n", count: 7), "arrays more than seven deep"),
    ("$3\r\nabcdef\r\n", "no end of line where one is due"),
    ("%1\r\n+a\r\n+b\r\n", "Protocol error, got \"%\" as reply type byte"),
  ])
  func refusesAClaim(claim: String, reason: String) throws {
    let server = try ScriptedServer()
    var connection = try server.connect()
    try server.send("+OK\r\n:7\r\n" + claim)
    // What came whole before it is not lost.
    #expect(try connection.receive() == .status("OK"))
    #expect(try connection.receive() == .integer(7))
    #expect(throws: RedisError.garbled(server.address, reason: reason, written: true)) {
      _ = try connection.receive()
    }
  }

  /// Whatever has ended does not count.
  @Test func takesArraysThatAreSevenDeep() throws {
    let server = try ScriptedServer()
    var connection = try server.connect()
    let deep = String(repeating: "*2\r\n$1\r\nx\r\n", count: 7) + "*-1\r\n"
    for _ in 0..<3 {
      try server.send(deep)
      var reply = try connection.receive()
      for _ in 0..<7 { reply = reply?.array?.last }
      #expect(reply == .null)
    }
  }

  /// Several times, since other tests make room for themselves at once.
  @Test func makesNoRoomForAClaim() throws {
    let rooms = try (0..<5).map { _ in
      let server = try ScriptedServer()
      var connection = try server.connect()
      // Eight deep, which hiredis takes: a gigabyte.
      try server.send(String(repeating: "*16777216\r\n", count: 8))
      let before = try Self.addressSpace()
      #expect(try connection.receive() == nil)
      return try Self.addressSpace() - before
    }
    #expect(try #require(rooms.min()) < 512 << 20)
  }

  /// Of this process, in bytes.
  private static func addressSpace() throws -> Int {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
      separator: " ")
    return try #require(Int(pages[0])) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  @Test func takesAnArrayThatIsLongInTruth() throws {
    let server = try ScriptedServer()
    var connection = try server.connect()
    try server.send("*5000\r\n")
    for number in 0..<5000 {
      #expect(try connection.receive() == nil)
      try server.send(":\(number)\r\n")
    }
    #expect(try connection.receive() == .array((0..<5000).map(Reply.integer)))
  }
}
