/// The groups that we listen to, as one consumer process: a channel a group, one queue for all.
///
/// A membership is a lease. Peers drop a member whose score is older than `group_expiry`; ours is set so
/// that this happens `lease` seconds from now, and moved on every third of it. Killed, we are gone after
/// the lease, and not after a day.
package struct Membership: Sendable {
  /// Marks the queues and channels that are ours among those of the site.
  package static let processPrefix = "turboctl."

  private struct Member: Sendable {
    let group: GroupName
    let channel: String
    var offset: Double
    var life: Int
  }

  /// The part of our channels' names that stands for the process, `!` included.
  package let queue: String
  /// Seconds between renewals.
  package private(set) var interval: Double
  private let lease: Double
  private var members: [Member] = []

  /// - Parameter lease: seconds of life after the last renewal.
  package init(groups: [GroupName], lease: Double) {
    let queue = "\(Self.processPrefix)\(Self.randomHex())!"
    self.queue = queue
    self.lease = lease
    interval = lease / 3
    members = groups.enumerated().map { place, group in
      Member(group: group, channel: "\(queue)\(place)", offset: 0, life: 0)
    }
  }

  /// Each group with the channel by which we are its member.
  package var channels: [(group: GroupName, channel: String)] {
    members.map { ($0.group, $0.channel) }
  }

  /// The group whose messages this channel gets.
  package func group(of channel: String) -> GroupName? {
    members.first { $0.channel == channel }?.group
  }

  package mutating func join(
    _ layer: inout CoreLayer, deadline: Deadline
  ) throws(ChannelsError) {
    for place in members.indices {
      let expiry = try groupExpiry(of: members[place].group, layer: &layer, deadline: deadline)
      members[place].offset = lease - expiry
      members[place].life = Int(lease.rounded(.up))
      interval = min(interval, expiry / 3)
      _ = try renew(place, &layer, deadline)
    }
  }

  /// Moves the lease on.
  ///
  /// - Returns: groups that we had been dropped from; messages may have been missed there.
  package mutating func renew(
    _ layer: inout CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> [GroupName] {
    var missed: [GroupName] = []
    for place in members.indices where try renew(place, &layer, deadline) {
      // The peers' group_expiry is shorter than it seemed: join as they do.
      members[place].offset = 0
      _ = try renew(place, &layer, deadline)
      missed.append(members[place].group)
    }
    return missed
  }

  package func leave(_ layer: inout CoreLayer, deadline: Deadline) throws(ChannelsError) {
    try layer.leave(channels, queue: queue, deadline: deadline)
  }

  private func renew(
    _ place: Int, _ layer: inout CoreLayer, _ deadline: Deadline
  ) throws(ChannelsError) -> Bool {
    let member = members[place]
    return try layer.join(
      member.group, channel: member.channel, offset: member.offset, life: member.life,
      deadline: deadline)
  }

  /// The peers' `group_expiry` in seconds: configured, or the default, where the group does not tell
  /// another.
  ///
  /// A join sets the key's life to `group_expiry` and the member's score to the time. So the expiry is at
  /// least the life left, and at most that and the time since the newest score: the last to join may
  /// have left again. Where the default lies outside, the least counts: a lease that ends late is better
  /// than one that has ended before it began.
  private func groupExpiry(
    of group: GroupName, layer: inout CoreLayer, deadline: Deadline
  ) throws(ChannelsError) -> Double {
    if let configured = layer.configuration.groupExpiry { return Double(configured) }
    let usual = Double(LayerConfiguration.defaultGroupExpiry)
    let (newest, left, now) = try layer.life(of: group, deadline: deadline)
    guard let newest, left > 0 else { return usual }
    let possible = Double(left)...max(Double(left), (Double(left) + now - newest).rounded(.up))
    return possible.contains(usual) ? usual : possible.lowerBound
  }

  static func randomHex() -> String {
    let digits = Array("0123456789abcdef")
    return String((0..<32).map { _ in digits[Int.random(in: 0..<16)] })
  }
}
