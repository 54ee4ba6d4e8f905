/// The groups that we listen to, as one consumer process: a channel a group, one queue for all.
///
/// A membership is a lease. Peers drop a member whose score is older than `group_expiry`; ours is set so
/// that this happens `lease` seconds from now, and moved on every third of it. Killed, we are gone after
/// the lease, and not after a day.
package struct Membership: Sendable {
  /// Marks the queues and channels that are ours among those of the site.
  package static let processPrefix = "turboctl."

  /// The part of our channels' names that stands for the process, `!` included.
  package let queue: String
  /// Seconds between renewals.
  package private(set) var interval: Double
  private let lease: Double
  private var members: [Joining] = []
  private var lastRenewal = 0.0

  /// - Parameters:
  ///   - lease: seconds of life after the last renewal.
  ///   - group: on whose host the queue is to be, so that no other host is needed.
  package init(lease: Double, beside group: GroupName? = nil, in layer: CoreLayer) {
    let home = group.map { layer.index(of: Array($0.text.utf8)) }
    var queue: String
    repeat {
      queue = "\(Self.processPrefix)\(Self.randomHex())!"
    } while home != nil && home != layer.index(of: Array(queue.utf8))
    self.queue = queue
    self.lease = lease
    interval = lease / 3
  }

  /// Each group with the channel by which we are its member.
  package var channels: [(group: GroupName, channel: String)] {
    members.map { ($0.group, $0.channel) }
  }

  /// The group whose messages this channel gets.
  package func group(of channel: String) -> GroupName? {
    guard channel.hasPrefix(queue), let place = Int(channel.dropFirst(queue.count)),
      members.indices.contains(place)
    else { return nil }
    return members[place].group
  }

  /// Joins further groups.
  package mutating func join(
    _ groups: [GroupName], _ layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) {
    let expiries = try groupExpiries(of: groups, layer: layer, deadline: deadline)
    let joinings = zip(groups, expiries).enumerated().map { place, pair in
      Joining(
        pair.0, channel: "\(queue)\(members.count + place)", offset: lease - pair.1,
        life: Int(lease.rounded(.up)))
    }
    // We may be stopped before the reply is read; should it be lost, we may be members all the same.
    if members.isEmpty { lastRenewal = Deadline.monotonic() }
    members += joinings
    interval = expiries.reduce(interval) { min($0, $1 / 3) }
    _ = try layer.join(joinings, deadline: deadline)
  }

  /// Moves the lease on.
  ///
  /// - Parameter isAfterBreak: the connection was lost since, and the server may have forgotten us.
  /// - Returns: groups that we had been dropped from; messages may have been missed there.
  package mutating func renew(
    _ layer: CoreLayer, isAfterBreak: Bool = false, deadline: Deadline
  ) throws(ChannelsError) -> [GroupName] {
    let start = Deadline.monotonic()
    let isLate = start - lastRenewal > lease
    let wasDropped = try layer.join(members, deadline: deadline)
    lastRenewal = start
    let dropped = members.indices.filter { wasDropped[$0] }
    if !dropped.isEmpty, !isLate, !isAfterBreak {
      // The peers' group_expiry is shorter than it seemed: join as they do.
      for place in dropped { members[place].offset = 0 }
      _ = try layer.join(dropped.map { members[$0] }, deadline: deadline)
    }
    return dropped.map { members[$0].group }
  }

  package func leave(_ layer: CoreLayer, deadline: Deadline) throws(ChannelsError) {
    try layer.leave(channels, queue: queue, deadline: deadline)
  }

  /// The peers' `group_expiry` in seconds: configured, or the default, where the group does not tell
  /// another.
  ///
  /// A join sets the key's life to `group_expiry` and the member's score to the time. So the expiry is at
  /// least the life left, and at most that and the time since the newest score: the last to join may
  /// have left again. Where the default lies outside, the least counts: a lease that ends late is better
  /// than one that has ended before it began.
  private func groupExpiries(
    of groups: [GroupName], layer: CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> [Double] {
    if let configured = layer.configuration.groupExpiry {
      return groups.map { _ in Double(configured) }
    }
    let usual = Double(LayerConfiguration.defaultGroupExpiry)
    let lives = try layer.lives(of: groups, deadline: deadline)
    return lives.map { life in
      guard let newest = life.newest, life.left > 0 else { return usual }
      let most = (Double(life.left) + life.now - newest).rounded(.up)
      let possible = Double(life.left)...max(Double(life.left), most)
      return possible.contains(usual) ? usual : possible.lowerBound
    }
  }

  static func randomHex() -> String {
    let digits = Array("0123456789abcdef")
    return String((0..<32).map { _ in digits[Int.random(in: 0..<16)] })
  }
}
