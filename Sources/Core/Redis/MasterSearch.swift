/// Finds a master by its name: the server that a sentinel names, and that says so too
/// (`redis/sentinel.py Sentinel.discover_master`).
struct MasterSearch {
  private let host: SentinelHost
  private let settings: RedisClient.Settings
  /// In the order of asking: the one that answered last comes first.
  private var sentinels: [RedisAddress]

  init(_ host: SentinelHost, _ settings: RedisClient.Settings) {
    self.host = host
    self.settings = settings
    sentinels = host.sentinels
  }

  /// Seconds for a first answer: one that hangs is to cost little where others can tell.
  private static let firstPatience = 0.5
  private static let firstPause = 0.05
  private static let longestPause = 0.5
  /// Seconds for a failover, where no deadline ends the wait before.
  private static let longestFailover = 60.0

  /// Connects to the master; where it is gone or a replica, asks again until a failover has ended.
  mutating func connect(_ deadline: Deadline) throws(RedisError) -> RedisConnection {
    let deadline = Deadline.min(deadline, Deadline(seconds: Self.longestFailover))
    let longest = settings.connectTimeout(of: host.login)
    var (patience, pause) = (min(Self.firstPatience, longest), Self.firstPause)
    var failure: RedisError?
    while true {
      do throws(RedisError) {
        return try open(ask(deadline), within: patience, deadline)
      } catch {
        // What the last moment before the deadline brings says little.
        let known = deadline.hasPassed ? failure ?? error : error
        guard error.endsWithFailover, deadline.remaining > pause else { throw known }
        failure = known
      }
      if Watched.wait(for: settings.watched, seconds: pause) != nil { throw .interrupted }
      patience = min(patience * 2, longest)
      pause = min(pause * 2, Self.longestPause)
    }
  }

  /// Where the sentinels say the master is: the first that knows it counts.
  mutating func ask(_ deadline: Deadline) throws(RedisError) -> RedisAddress {
    var silence: [RedisError] = []
    for patience in [Self.firstPatience, .infinity] {
      silence = []
      var isUnknown = false
      var others: Set<String> = []
      for (place, sentinel) in sentinels.enumerated() {
        let patience = min(patience, settings.connectTimeout(of: sentinel))
        do throws(RedisError) {
          switch try answer(of: sentinel, within: patience, deadline) {
          case .master(let endpoint):
            sentinels.swapAt(0, place)
            return master(at: endpoint)
          case .unknown(let names):
            isUnknown = true
            others.formUnion(names)
          }
        } catch {
          if error == .interrupted { throw error }
          silence.append(error)
        }
      }
      if isUnknown { throw .noMaster(host, .unknown(others: others.sorted())) }
    }
    throw .noMaster(host, .silence(silence))
  }

  private func master(at endpoint: RedisAddress.Endpoint) -> RedisAddress {
    var address = host.login
    address.endpoint = endpoint
    address.masterName = host.masterName
    return address
  }

  private enum Answer {
    case master(RedisAddress.Endpoint)
    /// The sentinel has not heard of it, but of others.
    case unknown([String])
  }

  private func answer(
    of sentinel: RedisAddress, within seconds: Double, _ deadline: Deadline
  ) throws(RedisError) -> Answer {
    let deadline = Deadline.min(deadline, Deadline(seconds: seconds))
    var connection = try RedisConnection.open(
      sentinel, connectTimeout: seconds, deadline: deadline, watched: settings.watched,
      trace: settings.trace)
    let reply = try connection.call(
      RedisCommand("SENTINEL", "get-master-addr-by-name", .text(host.masterName)),
      deadline: deadline)
    switch reply {
    case .null:
      let masters = try connection.call(RedisCommand("SENTINEL", "MASTERS"), deadline: deadline)
      // Each is a list of names and values, of which `name` is the first.
      return .unknown((masters.array ?? []).compactMap { $0.array?.dropFirst().first?.text })
    case .error(let error): throw .refused(sentinel, error)
    default:
      let words = (reply.array ?? []).compactMap(\.text)
      guard words.count == 2, let port = Int(words[1]), 1...65535 ~= port else {
        throw .garbled(sentinel, reason: "not what SENTINEL gives", written: false)
      }
      return .master(.tcp(host: words[0], port: port))
    }
  }

  private func open(
    _ master: RedisAddress, within seconds: Double, _ deadline: Deadline
  ) throws(RedisError) -> RedisConnection {
    // A server that was suspended accepts connections still: its login and its role are as urgent.
    let deadline = Deadline.min(deadline, Deadline(seconds: seconds))
    var connection = try RedisConnection.open(
      master, connectTimeout: seconds, deadline: deadline, watched: settings.watched,
      trace: settings.trace)
    let reply: Reply
    do {
      reply = try connection.call(RedisCommand("ROLE"), deadline: deadline)
    } catch {
      throw error.beforeAnyCommand
    }
    // A user may lack the right to ask (an error); the commands that follow will tell.
    if let role = reply.array?.first?.text, role != "master" {
      throw .noMaster(host, .replica(master))
    }
    return connection
  }
}

extension RedisError {
  /// Whether the sentinels may name another server in a moment, or the same one may be well again.
  fileprivate var endsWithFailover: Bool {
    switch self {
    case .noMaster(_, .replica): true
    case .noMaster: false
    default: mayPass
    }
  }
}
