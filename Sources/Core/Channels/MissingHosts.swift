/// The hosts that a look at a layer has to do without.
///
/// Of several hosts, one that fails takes along what lives on it, and is not asked again.
struct MissingHosts {
  private let count: Int
  private let deadline: Deadline
  private var hosts: [(host: RedisClient, fault: ChannelsError)] = []

  init(of layer: some ChannelLayer, _ deadline: Deadline) {
    count = layer.servers.count
    self.deadline = deadline
  }

  var faults: [ChannelsError] { hosts.map(\.fault) }

  func contains(_ host: RedisClient) -> Bool { hosts.contains { $0.host === host } }

  /// Asks a host, unless it is missing; that it fails is an error where no other is left.
  mutating func asking(
    _ host: RedisClient, _ step: (Deadline) throws(ChannelsError) -> Void
  ) throws(ChannelsError) {
    guard !contains(host) else { return }
    do {
      try step(deadline.shared(by: count))
    } catch {
      guard count > 1, error != .interrupted else { throw error }
      hosts.append((host, error))
      if hosts.count == count { throw hosts[0].fault }
    }
  }
}

extension Deadline {
  /// The time that one of several hosts may take: half of what is left, so that a silent one leaves some
  /// to the others.
  package func shared(by count: Int) -> Deadline {
    count > 1 ? .min(self, Deadline(seconds: max(0, remaining / 2))) : self
  }
}
