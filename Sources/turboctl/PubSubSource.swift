import Core

/// The messages of a pub/sub layer: nobody but the servers is told that we listen.
final class PubSubSource: MessageSource {
  private let command: TailCommand
  private let console: Console
  private let layer: PubSubLayer
  private var groups: [GroupName] = []
  private var patterns: [GroupPattern] = []
  private var subscription: Subscription
  private var passedOver = PassedOver()

  /// Seconds that a call waits for a message at most.
  private static let wait = 5.0
  private static let largestBatch = 1000

  init(_ command: TailCommand, _ console: Console, _ layer: PubSubLayer) {
    self.command = command
    self.console = console
    self.layer = layer
    subscription = Subscription(layer, groups: [])
  }

  func connect(_ deadline: Deadline) throws(CommandError) {
    try asking { () throws(ChannelsError) in try subscription.open(deadline: deadline) }
  }

  func join(
    _ groups: [GroupName], _ patterns: [GroupPattern], _ limit: Deadline
  ) throws(CommandError) {
    self.groups = groups
    self.patterns = patterns
    try rejoin(Patience.step(limit))
    guard command.global.verbosity > 0 else { return }
    for name in groups.map(\.text) + patterns.map(\.text) { console.note("subscribed to \(name)") }
  }

  /// The servers know by the connection that we are there.
  var dueIn: Double { .infinity }

  func renewIfDue(_ limit: Deadline) {}

  func rejoin(_ deadline: Deadline) throws(CommandError) {
    subscription = Subscription(layer, groups: groups, patterns: patterns)
    try connect(deadline)
  }

  /// A connection that ends is all there is to leave.
  func leave() {}

  func take(_ most: Int, _ limit: Deadline) throws(CommandError) -> [Arrival] {
    let seconds = min(Self.wait, limit.remaining)
    guard seconds > 0 else {
      throw .layer(
        .unreachable(.timedOut(layer.addresses[0], seconds: limit.seconds ?? 0, written: false)),
        delivered: [])
    }
    let messages = try asking { () throws(ChannelsError) in
      try subscription.receive(limit: min(most, Self.largestBatch), waiting: seconds)
    }
    return messages.compactMap(read)
  }

  /// A message as published; bytes that are none are said and passed over.
  private func read(_ published: PublishedMessage) -> Arrival? {
    do {
      return Arrival(
        message: try layer.read(published), recipients: [(published.channel, published.group)])
    } catch {
      passedOver.note("of \(published.group): \(Failure.text(error))", console)
      return nil
    }
  }
}
