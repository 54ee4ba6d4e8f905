import Glibc
import Testing

@testable import Core

struct DialingTests {
  private func dial(_ endpoint: RedisAddress.Endpoint, _ watched: [Watched] = []) -> Dialing {
    Dialing(
      address: RedisAddress(endpoint: endpoint), connectTimeout: 20,
      deadline: Deadline(seconds: 20), watched: watched)
  }

  @Test(arguments: [
    (RedisAddress.Endpoint.unix(path: "/nonexistent/redis.sock"), "No such file or directory"),
    (.unix(path: "/" + String(repeating: "x", count: 200)), "the path is too long"),
    (.tcp(host: "127.0.0.1", port: 1), "Connection refused"),
    // In /etc/hosts, so that it is looked up.
    (.tcp(host: "localhost", port: 1), "Connection refused"),
  ])
  func saysWhyThereIsNoConnection(endpoint: RedisAddress.Endpoint, reason: String) {
    #expect(throws: RedisError.connect(RedisAddress(endpoint: endpoint), reason: reason)) {
      try dial(endpoint).open()
    }
  }

  @Test func aNameThatNobodyHasIsNoConnection() {
    let error = #expect(throws: RedisError.self) {
      try dial(.tcp(host: "turboctl.invalid", port: 6379)).open()
    }
    guard case .connect = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// Looking a name up, and connecting.
  @Test(arguments: ["localhost", "127.0.0.1"])
  func whatIsWatchedEndsTheWait(host: String) throws {
    let alarm = Alarm()
    alarm.ring()
    let crowd = try Crowd()
    #expect(throws: RedisError.interrupted) {
      try dial(.tcp(host: host, port: crowd.port), alarm.watched).open()
    }
  }

  @Test func aServerThatTakesNoConnectionIsGivenUp() throws {
    let crowd = try Crowd()
    let address = RedisAddress(endpoint: .tcp(host: "127.0.0.1", port: crowd.port))
    let start = Deadline.monotonic()
    #expect(throws: RedisError.connect(address, reason: "no answer in time")) {
      try Dialing(
        address: address, connectTimeout: 0.1, deadline: Deadline(seconds: nil), watched: []
      ).open()
    }
    #expect(0.1..<5 ~= Deadline.monotonic() - start)
  }

  @Test func theSocketNeitherBlocksNorLivesOnInAChild() throws {
    let server = try RedisServer()
    let descriptor = try dial(server.address.endpoint).open()
    defer { close(descriptor) }
    #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0)
    #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  /// A lookup that nobody waits for any more goes on while commands of a tail run.
  @Test func aLookupDoesNotLiveOnInAChild() throws {
    let lookup = try HostLookup(host: "localhost", port: 1)
    #expect(fcntl(lookup.ended, F_GETFD) & FD_CLOEXEC != 0)
  }
}

/// A port of this machine where there is no room for one more that waits to be taken.
private final class Crowd {
  let port: Int
  private var sockets: [Int32] = []

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    sockets = [listener]
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 0) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    try #require(isListening)
    port = Int(UInt16(bigEndian: name.sin_port))
    let place = try #require(
      SocketAddress.all(host: "127.0.0.1", port: port, flags: AI_NUMERICHOST).first)
    for _ in 0..<2 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      _ = place.connect(client)
      sockets.append(client)
    }
  }

  deinit { for socket in sockets { close(socket) } }
}
