/// Something about a server or a layer that harms delivery, or soon may.
package enum Finding: Equatable, Sendable {
  package enum Severity: String, Sendable {
    /// Messages are lost, or refused.
    case critical
    case warning
  }

  case tooOld(version: String)
  case replica
  case sentinel
  case cluster
  /// INFO or CONFIG is not ours to ask, so that some was not looked at.
  case hidden(ServerError)
  /// Keys with a time to live, as those of groups are, may be evicted. `limit` 0: none is set.
  case eviction(policy: String, used: Int, limit: Int, evicted: Int)
  case memoryNear(used: Int, limit: Int)
  /// A snapshot failed; nil: whether writes are then refused is not known.
  case snapshotFailing(stopsWrites: Bool?)
  case appendFailing
  /// How far the server's clock is ahead of ours, in seconds, and how long messages live.
  case clock(offset: Double, expiry: Int)
  /// A client that lags by so many bytes is cut off.
  case outputLimit(kind: String, bytes: Int)
  case plainText(host: String)
  /// A message did not go through the layer.
  case layerFails(ServerError)
  /// Processes whose queue is at capacity.
  case fullQueues([[UInt8]], capacity: Int)
  case ghosts(Int, groups: [[UInt8]])
  /// Groups of which a channel's time ends within so many seconds, though its page may be open.
  case leaving(groups: [String], seconds: Double)
  /// No group under our prefix, but under these.
  case otherPrefixes([String])
}

extension Finding {
  /// The part of its memory beyond which a server is said to be near its limit, and at it.
  private static let near = 0.8
  private static let full = 0.95

  package var severity: Severity {
    switch self {
    case .tooOld, .replica, .sentinel, .cluster, .appendFailing, .layerFails, .fullQueues: .critical
    case .eviction(_, let used, let limit, let evicted):
      limit > 0 && (evicted > 0 || Double(used) > Self.near * Double(limit)) ? .critical : .warning
    case .memoryNear(let used, let limit):
      Double(used) > Self.full * Double(limit) ? .critical : .warning
    case .snapshotFailing(let stopsWrites): stopsWrites == false ? .warning : .critical
    case .clock(let offset, let expiry): abs(offset) > Double(expiry) / 2 ? .critical : .warning
    case .hidden, .outputLimit, .plainText, .ghosts, .leaving, .otherPrefixes: .warning
    }
  }

  /// What the server's own words show.
  ///
  /// - Parameter settings: its configuration; nil where it is not ours to ask.
  package static func findings(in info: ServerInfo, settings: [String: String]?) -> [Finding] {
    var findings: [Finding] = []
    if let version = info.version, let major = info.majorVersion, major < 5 {
      findings.append(.tooOld(version: version))
    }
    if info["redis_mode"] == "sentinel" { return findings + [.sentinel] }
    if info["cluster_enabled"] == "1" { findings.append(.cluster) }
    if info.role == "slave" { findings.append(.replica) }
    findings += memory(info) + persistence(info, settings)
    return findings + outputLimits(settings?["client-output-buffer-limit"] ?? "")
  }

  private static func memory(_ info: ServerInfo) -> [Finding] {
    let used = info.integer("used_memory") ?? 0
    let limit = info.integer("maxmemory") ?? 0
    if let policy = info["maxmemory_policy"], policy != "noeviction" {
      let evicted = info.integer("evicted_keys") ?? 0
      return [.eviction(policy: policy, used: used, limit: limit, evicted: evicted)]
    }
    return limit > 0 && Double(used) > near * Double(limit)
      ? [.memoryNear(used: used, limit: limit)] : []
  }

  private static func persistence(
    _ info: ServerInfo, _ settings: [String: String]?
  ) -> [Finding] {
    var findings: [Finding] = []
    if info["rdb_last_bgsave_status"] == "err" {
      // Without save points a failed snapshot, by hand or for a replica, stops nothing.
      let stops = settings.map {
        $0["stop-writes-on-bgsave-error"] != "no" && $0["save"] != ""
      }
      findings.append(.snapshotFailing(stopsWrites: stops))
    }
    if info["aof_enabled"] == "1", info["aof_last_write_status"] == "err" {
      findings.append(.appendFailing)
    }
    return findings
  }

  /// Limits that a few frames of the largest size that Daphne delivers, 1 MiB, would exceed.
  private static func outputLimits(_ setting: String) -> [Finding] {
    let words = setting.split(separator: " ")
    return stride(from: 0, to: words.count - 3, by: 4).compactMap { place in
      guard words[place] == "normal" || words[place] == "pubsub" else { return nil }
      let limits = [(words[place + 1], 8 << 20), (words[place + 2], 2 << 20)]
      let tight = limits.compactMap { text, least in
        Int(text).flatMap { (1..<least).contains($0) ? $0 : nil }
      }
      return tight.min().map { .outputLimit(kind: String(words[place]), bytes: $0) }
    }
  }
}
