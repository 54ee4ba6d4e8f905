import Glibc

@testable import Core

/// A redis-server of our own on a unix socket; stops and leaves nothing when it goes out of scope.
final class RedisServer {
  let address: RedisAddress
  private let folder: String
  private let process: pid_t

  init(_ options: [String] = []) throws {
    // As the tool does: a write to who is gone is an error, and not our end.
    signal(SIGPIPE, SIG_IGN)
    let folder = "/tmp/turboctl-tests-\(UInt64.random(in: 0 ... .max))"
    mkdir(folder, 0o700)
    self.folder = folder
    address = RedisAddress(endpoint: .unix(path: "\(folder)/redis.sock"))
    process = try Self.start(
      ["redis-server", "--port", "0", "--unixsocket", "\(folder)/redis.sock"]
        + ["--save", "", "--dir", folder, "--logfile", "\(folder)/log"] + options)
    try waitUntilReady()
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    for file in ["redis.sock", "log"] { unlink("\(folder)/\(file)") }
    rmdir(folder)
  }

  func connect() throws(RedisError) -> RedisConnection {
    try .open(address, connectTimeout: 20, deadline: Deadline(seconds: 20))
  }

  func layer(
    _ configuration: LayerConfiguration = LayerConfiguration()
  ) -> CoreLayer {
    CoreLayer([RedisClient(.server(address))], configuration: configuration)
  }

  /// A layer of several hosts.
  static func layer(
    over servers: [RedisServer], _ configuration: LayerConfiguration = LayerConfiguration()
  ) -> CoreLayer {
    CoreLayer(
      servers.map { RedisClient(.server($0.address)) }, configuration: configuration)
  }

  /// Runs a command, on a connection of its own.
  @discardableResult
  func run(_ words: RedisCommand.Argument...) throws -> Reply {
    var connection = try connect()
    return try connection.call(RedisCommand(words), deadline: Deadline(seconds: 20))
  }

  /// Ends the server: nobody is there any more.
  func stop() {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  func pubSubLayer(_ configuration: LayerConfiguration = .pubSub) -> PubSubLayer {
    PubSubLayer([RedisClient(.server(address))], configuration: configuration)
  }

  /// SIGSTOP: a peer that is there and says nothing.
  func suspend() { kill(process, SIGSTOP) }

  func resume() { kill(process, SIGCONT) }

  private func waitUntilReady() throws {
    let deadline = Deadline(seconds: 20)
    while true {
      do {
        _ = try connect()
        return
      } catch {
        guard !deadline.hasPassed else { throw error }
        usleep(2_000)
      }
    }
  }

  /// Foundation's `Process` waits on the thread that started it; tests move between threads.
  static func start(_ arguments: [String]) throws -> pid_t {
    var argv = arguments.map { strdup($0) }
    defer { for argument in argv { free(argument) } }
    argv.append(nil)
    var process: pid_t = 0
    let status = posix_spawnp(&process, "redis-server", nil, nil, argv, environ)
    guard status == 0 else { throw StartError(status: status) }
    return process
  }

  private struct StartError: Error {
    let status: Int32
  }
}

extension LayerConfiguration {
  static var pubSub: LayerConfiguration {
    var configuration = LayerConfiguration()
    configuration.backend = .pubsub
    return configuration
  }
}
