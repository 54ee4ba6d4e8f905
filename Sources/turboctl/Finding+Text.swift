import Core

extension Finding {
  /// The name of what was checked, for machines.
  var check: String {
    switch self {
    case .tooOld: "version"
    case .replica, .sentinel, .cluster: "role"
    case .hidden: "permissions"
    case .eviction: "eviction"
    case .memoryNear: "memory"
    case .snapshotFailing, .appendFailing: "persistence"
    case .clock: "clock"
    case .outputLimit: "output-buffer"
    case .plainText: "tls"
    case .layerFails: "layer"
    case .fullQueues: "queues"
    case .ghosts: "ghosts"
    case .leaving: "group-expiry"
    case .otherPrefixes: "prefix"
    }
  }

  /// What was found.
  var detail: String {
    switch self {
    case .tooOld(let version): "Redis \(version) is too old"
    case .replica: "the server is a replica and refuses every message"
    case .sentinel: "this is a sentinel, which keeps no messages"
    case .cluster: "this is a Redis Cluster, on which the core layer does not run"
    case .hidden(let error): "not everything could be looked at: \(error)"
    case .eviction(let policy, let used, let limit, let evicted):
      Self.eviction(policy, used, limit, evicted)
    case .memoryNear(let used, let limit):
      "\(Self.size(used)) of \(Self.size(limit)) are used; at the limit every message is refused"
    case .snapshotFailing(let stopsWrites):
      switch stopsWrites {
      case true: "the last snapshot failed, and until one succeeds every message is refused"
      case false: "the last snapshot failed"
      case nil: "the last snapshot failed, and messages may be refused until one succeeds"
      }
    case .appendFailing: "the append-only file cannot be written, and every message is refused"
    case .clock(let offset, let expiry):
      "the server's clock is \(readable(abs(offset))) s \(offset > 0 ? "ahead of" : "behind") ours; "
        + "messages live \(expiry) s by their sender's clock"
    case .outputLimit(let kind, let bytes):
      "a \(kind) client that lags by \(Self.size(bytes)) is cut off, and a frame may have 1 MiB"
    case .plainText(let host): "what goes to \(host) can be read and changed on the way"
    case .layerFails(let error): "a message through the layer was refused: \(error)"
    case .fullQueues(let processes, let capacity):
      "\(counted(processes.count, "queue is", "queues are")) at the capacity of \(capacity) and "
        + "gets nothing more: \(Self.names(processes.map(\.text)))"
    case .ghosts(let count, let groups):
      "\(counted(count, "channel", "channels")) of dead processes in \(Self.names(groups.map(\.text)))"
    case .leaving(let groups, let seconds):
      "within \(readable(age: seconds)) channels leave by group_expiry although their pages may be "
        + "open: \(Self.names(groups))"
    case .otherPrefixes(let prefixes):
      "no group has our prefix, but groups exist under \(Self.names(prefixes))"
    }
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .tooOld: "install Redis 5 or newer"
    case .replica: "let --redis name the master"
    case .sentinel: "let it tell the master: --redis redis+sentinel://HOST:PORT/MASTER"
    case .cluster: "use a Redis that is no cluster, or the pub/sub layer"
    case .hidden(let error) where error.mayPass: Failure.hint(error) ?? "try again"
    case .hidden:
      "allow the user INFO, CONFIG GET, TIME and the layer's keys: +info +config|get +time"
    case .eviction: "set maxmemory-policy noeviction, or give the layer a Redis of its own"
    case .memoryNear: "raise maxmemory, or look at what fills it: redis-cli --bigkeys"
    case .snapshotFailing: "look at the server's log, its disk and the permissions of its dir"
    case .appendFailing: "look at the server's log and its disk"
    case .clock: "run NTP on both machines"
    case .outputLimit: "set client-output-buffer-limit to 8mb or more, or to 0"
    case .plainText: "use TLS, or a tunnel"
    case .layerFails(let error): Failure.hint(error) ?? "look at the server's log"
    case .fullQueues: "restart those processes, or remove the dead: turboctl groups prune"
    case .ghosts: "remove them: turboctl groups prune"
    case .leaving: "raise group_expiry, or let the pages connect again"
    case .otherPrefixes: "let --prefix be what PREFIX the site's CHANNEL_LAYERS has"
    }
  }

  private static func eviction(_ policy: String, _ used: Int, _ limit: Int, _ evicted: Int)
    -> String
  {
    guard limit > 0 else { return "\(policy) would evict groups and queues once maxmemory is set" }
    let past = evicted > 0 ? "; \(counted(evicted, "key was", "keys were")) evicted already" : ""
    return "\(policy) may evict groups and queues: \(size(used)) of \(size(limit)) are used\(past)"
  }

  /// The first few, in order.
  private static func names(_ names: [String]) -> String {
    let sorted = names.sorted { $0.comesNaturally(before: $1) }
    let rest = sorted.count - 3
    return sorted.prefix(3).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func size(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB"]
    var size = Double(bytes)
    var unit = 0
    while size >= 1024, unit < units.count - 1 {
      size /= 1024
      unit += 1
    }
    return "\(readable((size * 10).rounded() / 10)) \(units[unit])"
  }
}
