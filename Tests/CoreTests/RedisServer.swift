import Foundation

@testable import Core

/// A redis-server of our own on a unix socket; stops and leaves nothing when it goes out of scope.
final class RedisServer {
  let address: RedisAddress
  private let process = Process()
  private let folder: URL

  init(_ options: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let socket = folder.appendingPathComponent("redis.sock").path
    address = RedisAddress(endpoint: .unix(path: socket))
    process.executableURL = URL(fileURLWithPath: "/usr/bin/redis-server")
    process.arguments =
      ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder.path] + options
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try waitUntilReady()
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  func connect() throws(RedisError) -> RedisConnection {
    try .open(address, connectTimeout: 5, deadline: Deadline(seconds: 5))
  }

  func layer(_ configuration: LayerConfiguration = LayerConfiguration()) throws(RedisError) -> CoreLayer {
    CoreLayer(try connect(), configuration: configuration)
  }

  /// SIGSTOP: a peer that is there and says nothing.
  func suspend() { kill(process.processIdentifier, SIGSTOP) }

  func resume() { kill(process.processIdentifier, SIGCONT) }

  private func waitUntilReady() throws {
    let deadline = Deadline(seconds: 10)
    while true {
      do {
        _ = try connect()
        return
      } catch {
        guard !deadline.hasPassed, process.isRunning else { throw error }
      }
    }
  }
}
