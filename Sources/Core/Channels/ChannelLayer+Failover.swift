extension ChannelLayer {
  /// Sends as `send` does; a message that a server refused because it is no master any more, or not yet,
  /// goes to the one that its sentinels name next, until the deadline.
  ///
  /// Such a refusal leaves no doubt: nothing was written. What may have been delivered goes nowhere again.
  package func sendAcrossFailovers(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, report: (Delivery) -> Void
  ) throws(ChannelsError) {
    for server in servers { server.client.disconnectIfClosed() }
    var round = FailoverRound(messages.count)
    while true {
      do {
        try send(round.pending.map { messages[$0] }, policy: policy, deadline: deadline) {
          round.add($0, mayWait: deadline.remaining > FailoverRound.pause, report)
        }
      } catch {
        round.giveUp(report)
        throw error
      }
      let formerMasters = round.end()
      if formerMasters.isEmpty { return }
      for server in servers where formerMasters.contains(server.address) {
        server.client.disconnect()
      }
      let watched = servers.first?.client.watched ?? []
      guard Watched.wait(for: watched, seconds: FailoverRound.pause) == nil else {
        round.giveUp(report)
        throw .interrupted
      }
    }
  }
}

/// What is sent until every message has an answer, and what came of it so far.
private struct FailoverRound {
  /// Seconds before a server is asked again that is loading, say.
  static let pause = 0.1

  /// The places of the messages that go out next.
  private(set) var pending: [Int]
  private var deliveries: [Delivery?]
  private var answered = 0
  private var reported = 0
  /// Refused between two masters, with the last refusal.
  private var held: [(place: Int, delivery: Delivery, by: RedisAddress)] = []

  init(_ count: Int) {
    pending = Array(0..<count)
    deliveries = Array(repeating: nil, count: count)
  }

  mutating func add(_ delivery: Delivery, mayWait: Bool, _ report: (Delivery) -> Void) {
    let place = pending[answered]
    answered += 1
    if mayWait, let address = delivery.formerMaster {
      held.append((place, delivery, address))
    } else {
      // No message overtakes another to its group.
      if delivery.hasWritten, held.contains(where: { $0.delivery.group == delivery.group }) {
        giveUp(report)
      }
      deliveries[place] = delivery
      reportReady(report)
    }
  }

  /// Ends a round; what was held goes out in the next.
  ///
  /// - Returns: who is not to be asked again; empty when every message has its answer.
  mutating func end() -> [RedisAddress] {
    let formerMasters = held.map(\.by)
    pending = held.map(\.place)
    held = []
    answered = 0
    return formerMasters
  }

  /// What was refused stays so.
  mutating func giveUp(_ report: (Delivery) -> Void) {
    for (place, delivery, _) in held { deliveries[place] = delivery }
    held = []
    reportReady(report)
  }

  private mutating func reportReady(_ report: (Delivery) -> Void) {
    while reported < deliveries.count, let delivery = deliveries[reported] {
      report(delivery)
      reported += 1
    }
  }
}

extension Delivery {
  /// The server that refused, where sentinels may name another.
  fileprivate var formerMaster: RedisAddress? {
    guard case .failed(.refused(let address, let error)) = outcome, address.masterName != nil,
      error.isBetweenMasters
    else { return nil }
    return address
  }
}
