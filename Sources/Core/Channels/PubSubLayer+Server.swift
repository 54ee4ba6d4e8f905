// Trying a pub/sub layer, and what may harm it.

extension PubSubLayer {
  package func roundTrip(deadline: Deadline) throws(ChannelsError) -> Double? {
    var slowest = 0.0
    for shard in shards.indices {
      guard let elapsed = try roundTrip(on: shard, deadline) else { return nil }
      slowest = max(slowest, elapsed)
    }
    return slowest
  }

  private func roundTrip(on shard: Int, _ deadline: Deadline) throws(ChannelsError) -> Double? {
    let outgoing = PrivateGroup.message(for: configuration) { name in
      self.shard(of: (configuration.groupChannels + name).utf8) == shard
    }
    guard let outgoing else { return nil }
    let subscription = Subscription(self, groups: [outgoing.group])
    try subscription.open(deadline: deadline)
    let start = Deadline.monotonic()
    var outcome: Delivery.Outcome?
    try send([outgoing], policy: SendPolicy(), deadline: deadline) { outcome = $1.outcome }
    if case .failed(let fault) = outcome { throw fault }
    let patience = min(5, max(0, deadline.remaining))
    let received = try subscription.receive(limit: 1, waiting: patience)
    let elapsed = Deadline.monotonic() - start
    guard let first = received.first, let echo = try? read(first) else { return nil }
    return echo.fields == outgoing.message.fields ? elapsed : nil
  }

  package func diagnosis(deadline: Deadline) throws(ChannelsError) -> Diagnosis {
    var missing = MissingHosts(of: self, deadline)
    var findings: [(host: RedisAddress?, finding: Finding)] = []
    for server in servers {
      try missing.asking(server.client) { deadline throws(ChannelsError) in
        findings += try server.findings(expiry: nil, deadline)
          .filter(\.concernsPubSub).map { (server.address, $0) }
      }
    }
    guard !findings.contains(where: { $0.finding == .sentinel }) else {
      return Diagnosis(findings, of: servers, missing)
    }
    let hasReplica = findings.contains { $0.finding == .replica }
    for (place, shard) in shards.enumerated() {
      try missing.asking(shard) { deadline throws(ChannelsError) in
        do throws(ChannelsError) {
          _ = try roundTrip(on: place, deadline)
        } catch .refused(let address, let error) {
          if !hasReplica { findings.append((address, .layerFails(error))) }
        }
      }
    }
    return Diagnosis(findings, of: servers, missing)
  }
}

extension Finding {
  /// Whether it matters where nothing is kept; a Redis Cluster too passes on what is published.
  fileprivate var concernsPubSub: Bool {
    switch self {
    case .eviction, .cluster: false
    default: true
    }
  }
}
