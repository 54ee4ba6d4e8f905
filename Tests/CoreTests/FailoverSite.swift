import Glibc
import Synchronization

@testable import Core

/// A master, its replica and a sentinel that watches both; they stop when it goes out of scope.
final class FailoverSite {
  static let masterName = "mymaster"
  let master: RedisAddress
  let replica: RedisAddress
  let sentinel: RedisAddress
  private let folder: String
  private var processes: [pid_t]

  /// - Parameters:
  ///   - host: the name that the sentinel is given, and gives, for the servers' address.
  ///   - password: what both servers want; nil: nothing.
  ///   - sentinelPassword: what the sentinel wants.
  ///   - lines: further ones of the sentinel's configuration.
  init(
    host: String = "127.0.0.1", password: String? = nil, sentinelPassword: String? = nil,
    sentinel lines: [String] = []
  ) throws {
    let folder = "/tmp/turboctl-tests-\(UInt64.random(in: 0 ... .max))"
    mkdir(folder, 0o700)
    let ports = [Self.unusedPort(), Self.unusedPort(), Self.unusedPort()]
    let common =
      ["--bind", "127.0.0.1", "--save", "", "--repl-diskless-sync-delay", "0", "--dir", folder]
      + (password.map { ["--requirepass", $0, "--masterauth", $0] } ?? [])
    let configuration =
      [
        "port \(ports[2])", "bind 127.0.0.1", "dir \(folder)",
        "sentinel resolve-hostnames yes", "sentinel announce-hostnames yes",
        "sentinel monitor \(Self.masterName) \(host) \(ports[0]) 1",
        "sentinel down-after-milliseconds \(Self.masterName) 500",
        "sentinel failover-timeout \(Self.masterName) 3000",
      ] + (password.map { ["sentinel auth-pass \(Self.masterName) \($0)"] } ?? [])
      + (sentinelPassword.map { ["requirepass \($0)"] } ?? []) + lines
    try Self.write(configuration.joined(separator: "\n") + "\n", to: "\(folder)/sentinel.conf")
    self.folder = folder
    (master, replica) = (Self.address(ports[0], password), Self.address(ports[1], password))
    sentinel = Self.address(ports[2], sentinelPassword)
    processes = [
      try Self.start(["--port", "\(ports[0])"] + common, folder),
      try Self.start(
        ["--port", "\(ports[1])", "--replicaof", host, "\(ports[0])"]
          + ["--replica-announce-ip", host] + common, folder),
    ]
    // A sentinel that comes before them looks again after ten seconds only.
    try wait { replicaIsReady }
    processes.append(try Self.start(["\(folder)/sentinel.conf", "--sentinel"], folder))
    try wait { sentinelIsReady }
  }

  deinit {
    for process in processes {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    for file in ["log", "sentinel.conf"] { unlink("\(folder)/\(file)") }
    rmdir(folder)
  }

  func host(after others: [RedisAddress] = [], name: String = masterName) -> SentinelHost {
    var login = RedisAddress(endpoint: .tcp(host: "", port: 0))
    login.password = master.password
    return SentinelHost(sentinels: others + [sentinel], masterName: name, login: login)
  }

  func client(
    _ host: SentinelHost? = nil, _ settings: RedisClient.Settings = RedisClient.Settings()
  ) -> RedisClient {
    RedisClient(.sentinel(host ?? self.host()), settings)
  }

  /// The address as a client comes to know it, by the sentinel.
  func named(_ address: RedisAddress) -> RedisAddress {
    var address = address
    address.masterName = Self.masterName
    return address
  }

  /// SIGSTOP: the sentinel promotes the replica after half a second and some more.
  ///
  /// - Parameter key: what the replica must have by then.
  func suspendMaster(after key: String? = nil) throws {
    try awaitReplica(of: key)
    kill(processes[0], SIGSTOP)
  }

  /// Ends that as soon as the sentinel names the replica: the old master takes itself for one still.
  func resumeMaster() throws {
    let question = RedisCommand("SENTINEL", "get-master-addr-by-name", .text(Self.masterName))
    guard case .tcp(_, let port) = replica.endpoint else { return }
    try wait { (try? call(question, at: sentinel))?.array?.last?.text == "\(port)" }
    kill(processes[0], SIGCONT)
  }

  /// The quick way, with nobody dead: the old master is a replica when this returns.
  ///
  /// - Parameter key: what the replica must have by then.
  func failOver(after key: String? = nil) throws {
    try awaitReplica(of: key)
    try beginFailover()
    try wait {
      if (try? call(RedisCommand("ROLE"), at: replica))?.array?.first?.text == "master" {
        return true
      }
      // One that has begun may be given up; until then this is refused.
      _ = try? call(Self.failover, at: sentinel)
      return false
    }
    // The sentinel would do so after ten seconds.
    guard case .tcp(let host, let port) = replica.endpoint else { return }
    _ = try call(RedisCommand("REPLICAOF", .text(host), "\(port)"), at: master)
  }

  /// The sentinel does the rest, in its own time.
  func beginFailover() throws {
    // It does not know at once that the replica is good.
    try wait { (try? call(Self.failover, at: sentinel)) == .status("OK") }
  }

  private static let failover = RedisCommand("SENTINEL", "FAILOVER", .text(masterName))

  func call(_ command: RedisCommand, at address: RedisAddress) throws(RedisError) -> Reply {
    let deadline = Deadline(seconds: 5)
    var connection = try RedisConnection.open(address, connectTimeout: 5, deadline: deadline)
    return try connection.call(command, deadline: deadline)
  }

  private func awaitReplica(of key: String?) throws {
    guard let key else { return }
    try wait { (try? call(RedisCommand("EXISTS", .text(key)), at: replica)) == .integer(1) }
  }

  private func wait(line: Int = #line, _ isSo: () -> Bool) throws {
    let deadline = Deadline(seconds: 20)
    while !isSo() {
      guard !deadline.hasPassed else { throw NotReady(line: line) }
      usleep(10_000)
    }
  }

  private var replicaIsReady: Bool {
    let info = try? call(RedisCommand("INFO", "replication"), at: replica)
    return info?.text.map { ServerInfo($0)["master_link_status"] } == "up"
  }

  private var sentinelIsReady: Bool {
    let replicas = try? call(RedisCommand("SENTINEL", "REPLICAS", "mymaster"), at: sentinel)
    return replicas?.array?.count == 1
  }

  /// What was waited for in this line did not happen.
  private struct NotReady: Error {
    let line: Int
  }

  private static func start(_ arguments: [String], _ folder: String) throws -> pid_t {
    try RedisServer.start(["redis-server"] + arguments + ["--logfile", "\(folder)/log"])
  }

  private static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw NotReady(line: #line) }
    fputs(text, file)
    fclose(file)
  }

  static func address(_ port: Int, _ password: String? = nil) -> RedisAddress {
    var address = RedisAddress(endpoint: .tcp(host: "127.0.0.1", port: port))
    address.password = password
    return address
  }

  /// A port where nobody listens, below those that the system hands out for connections, and another
  /// each time: tests run at once.
  static func unusedPort() -> Int {
    while true {
      let port = 20_000 + portsTried.add(1, ordering: .relaxed).newValue % 12_000
      if SilentPort(port) != nil { return port }
    }
  }

  private static let portsTried = Atomic(Int.random(in: 0..<12_000))
}

/// A port that takes connections and never answers: a server that is suspended.
final class SilentPort {
  let port: Int
  private let descriptor: Int32

  /// - Parameter port: 0: any; fails where another has it.
  init?(_ port: Int = 0) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, pointer, &size) == 0
      }
    }
    self.port = Int(UInt16(bigEndian: address.sin_port))
    if !isBound { return nil }
  }

  deinit { close(descriptor) }

  /// How many have connected since this was asked last.
  var newcomers: Int {
    var count = 0
    while case let peer = accept(descriptor, nil, nil), peer >= 0 {
      close(peer)
      count += 1
    }
    return count
  }
}
