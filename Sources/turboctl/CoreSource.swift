import Core

/// The messages of a core layer: a membership in each group, a queue for all of them.
final class CoreSource: MessageSource {
  private let command: TailCommand
  private let console: Console
  /// Makes the layer, over new connections.
  private let open: ([Watched]) -> CoreLayer
  private let watched: [Watched]
  private var layer: CoreLayer
  private var membership: Membership
  private var patterns: [GroupPattern] = []
  private var search: GroupSearch?
  private var renewal = Deadline(seconds: nil)
  private var lastTake = Deadline.monotonic()
  private var batch = 100
  private var wasFull = false
  private var undecipherable = PassedOver()
  /// The longest wait for a message.
  private var wait = 5.0

  /// Bytes of messages that are taken off the queue at once, and messages at most.
  private static let budget = 4 << 20
  private static let largestBatch = 1000

  /// - Parameter group: on whose host the queue is to be.
  init(
    _ command: TailCommand, _ console: Console, beside group: GroupName?, watched: [Watched],
    open: @escaping ([Watched]) -> CoreLayer
  ) {
    self.command = command
    self.console = console
    self.open = open
    self.watched = watched
    layer = open(watched)
    membership = Membership(lease: command.lease, beside: group, in: layer)
  }

  func connect(_ deadline: Deadline) throws(CommandError) {
    try asking { () throws(ChannelsError) in
      try layer.connect(toQueue: membership.queue, deadline: deadline)
    }
  }

  var dueIn: Double { renewal.remaining }
}

// MARK: Groups

extension CoreSource {
  func join(
    _ groups: [GroupName], _ patterns: [GroupPattern], _ limit: Deadline
  ) throws(CommandError) {
    try join(groups, limit)
    self.patterns = patterns
    guard !patterns.isEmpty else { return }
    // Redis 5 waits for whole seconds only.
    let version = (try? layer.servers[0].info(deadline: Patience.step(limit)))?.majorVersion ?? 0
    wait = version < 6 ? 1 : GroupSearch.interval
    var search = GroupSearch(patterns, known: groups)
    let found = try asking { () throws(ChannelsError) in
      try search.all(in: layer, deadline: .min(limit, Deadline(seconds: Patience.search)))
    }
    self.search = search
    try join(found, limit)
  }

  private func join(_ groups: [GroupName], _ limit: Deadline) throws(CommandError) {
    let known = membership.channels.count
    try asking { () throws(ChannelsError) in
      try membership.join(groups, layer, deadline: Patience.step(limit))
    }
    if known == 0 { renewal = Deadline(seconds: membership.interval) }
    guard command.global.verbosity > 0 else { return }
    for (group, channel) in membership.channels[known...] {
      console.note("joined \(group.text) as \(channel)")
    }
  }

  func renewIfDue(_ limit: Deadline) throws(CommandError) {
    guard renewal.hasPassed else { return }
    try renew(isAfterBreak: false, Patience.step(limit))
  }

  private func renew(isAfterBreak: Bool, _ deadline: Deadline) throws(CommandError) {
    let dropped = try asking { () throws(ChannelsError) in
      try membership.renew(layer, isAfterBreak: isAfterBreak, deadline: deadline)
    }
    // After a break it is said of all of them.
    for group in dropped where !isAfterBreak {
      console.note(
        "\(group.text): messages possibly missed: dropped from the group, and joined again")
    }
    renewal = Deadline(seconds: membership.interval)
  }

  private func joinNewGroups(_ limit: Deadline) throws(CommandError) {
    guard var search else { return }
    let found = try asking { () throws(ChannelsError) in
      try search.next(in: layer, deadline: Patience.step(limit))
    }
    self.search = search
    if !found.isEmpty { try join(found, limit) }
  }

  func rejoin(_ deadline: Deadline) throws(CommandError) {
    layer = open(watched)
    try connect(deadline)
    try renew(isAfterBreak: true, deadline)
    lastTake = Deadline.monotonic()
    if search != nil { search = GroupSearch(patterns, known: membership.channels.map(\.group)) }
  }

  /// Over a connection of its own, since the other may be waiting for a message; should it fail, the lease
  /// ends by itself.
  func leave() {
    do {
      try membership.leave(open([]), deadline: Deadline(seconds: Patience.leave))
    } catch {
      guard command.global.verbosity > 0 else { return }
      console.note("could not leave the groups; the lease ends in \(readable(command.lease)) s")
    }
  }
}

// MARK: Messages

extension CoreSource {
  func take(_ most: Int, _ limit: Deadline) throws(CommandError) -> [Arrival] {
    try joinNewGroups(limit)
    let seconds = min(wait, max(1, renewal.remaining.rounded(.up)))
    let taken = try asking { () throws(ChannelsError) in
      try layer.take(
        from: membership.queue, limit: min(batch, most), waiting: seconds,
        deadline: Patience.step(limit, waiting: seconds))
    }
    sayMissed(waiting: taken.waiting)
    guard !taken.members.isEmpty else { return [] }
    let bytes = taken.members.reduce(0) { $0 + $1.bytes.count }
    batch = max(1, min(Self.largestBatch, Self.budget * taken.members.count / max(1, bytes)))
    return taken.members.compactMap(read)
  }

  /// Peers drop what a full queue has no room for, and what waited too long, and tell nobody.
  private func sayMissed(waiting: Int) {
    let configuration = command.global.layer
    let isFull = waiting >= configuration.capacity
    if isFull, !wasFull {
      console.note(
        "messages possibly missed: \(waiting) were waiting, the capacity is \(configuration.capacity)"
      )
    }
    wasFull = isFull
    let away = Deadline.monotonic() - lastTake - wait
    if away > Double(configuration.expiry) {
      console.note(
        "messages possibly missed: stopped for \(Int(away)) s, and they wait \(configuration.expiry) s"
      )
    }
    lastTake = Deadline.monotonic()
  }

  /// A message off the queue; bytes that are none are said and passed over.
  private func read(_ member: (bytes: [UInt8], score: Double)) -> Arrival? {
    do {
      let message = try layer.read(member.bytes, score: member.score)
      return Arrival(
        message: message,
        recipients: message.channels.map { ($0, membership.group(of: $0)?.text) })
    } catch .encrypted(let fault) {
      undecipherable.note(Failure.text(fault), console)
      return nil
    } catch {
      console.note(
        "warning: passed over \(member.bytes.count) bytes that are no message of this layer")
      return nil
    }
  }
}
