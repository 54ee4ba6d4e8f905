import Foundation
import Testing

@testable import Core

/// A server that says what a test wants, to its one client.
final class ScriptedServer {
  let address: RedisAddress
  private let listener: Int32
  private let path: String
  private var peer: Int32 = -1

  init() throws {
    // A write to who is gone is an error, and not our end.
    signal(SIGPIPE, SIG_IGN)
    path = "/tmp/turboctl-tests-\(UInt64.random(in: 0 ... .max)).sock"
    address = RedisAddress(endpoint: .unix(path: path))
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
    let isListening = withUnsafeBytes(of: name) { bytes in
      bind(
        listener, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        socklen_t(bytes.count)) == 0 && listen(listener, 1) == 0
    }
    try #require(isListening)
  }

  deinit {
    close(peer)
    close(listener)
    unlink(path)
  }

  func connect() throws -> RedisConnection {
    let connection = try RedisConnection.open(
      address, connectTimeout: 20, deadline: Deadline(seconds: 20))
    peer = accept(listener, nil, nil)
    return connection
  }

  func client() throws -> RedisClient {
    let client = RedisClient(.server(address))
    try client.connect(Deadline(seconds: 20))
    peer = accept(listener, nil, nil)
    return client
  }

  /// Ends the connection behind what was sent.
  func hangUp() { shutdown(peer, Int32(SHUT_WR)) }

  /// Takes two connections from now on, one after the other, and gives each this answer.
  func answer(_ text: String) {
    Thread.detachNewThread { [listener] in
      for _ in 0..<2 {
        let peer = accept(listener, nil, nil)
        var request = [UInt8](repeating: 0, count: 1024)
        _ = read(peer, &request, request.count)
        let bytes = Array(text.utf8)
        _ = write(peer, bytes, bytes.count)
        close(peer)
      }
    }
  }

  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    try #require(write(peer, bytes, bytes.count) == bytes.count)
  }
}
