extension ChannelLayer {
  /// Sends as `send` does; a message that a server refused because it is no master any more, or not yet,
  /// goes to the one that its sentinels name next, until the deadline.
  ///
  /// Such a refusal leaves no doubt: nothing was written. What may have been delivered goes nowhere again.
  package func sendAcrossFailovers(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline,
    meanwhile: () -> Void = {}, report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    for server in servers { server.client.disconnectIfClosed() }
    /// The places of the messages that go out next.
    var pending = Array(messages.indices)
    var isFirst = true
    while !pending.isEmpty {
      var held = HeldBack()
      do {
        try send(
          isFirst ? messages : pending.map { messages[$0] }, policy: policy, deadline: deadline,
          meanwhile: { if isFirst { meanwhile() } }
        ) { number, delivery in
          let place = pending[number]
          if let address = delivery.formerMaster, deadline.remaining > pauseBetweenMasters {
            held.add(place, delivery, address)
          } else {
            // No message overtakes another to its group.
            if delivery.mayHaveWritten { held.giveUp(delivery.group, report) }
            report(place, delivery)
          }
        }
      } catch {
        held.giveUp(nil, report)
        throw error
      }
      isFirst = false
      pending = held.places
      if pending.isEmpty { return }
      for server in servers where held.addresses.contains(server.address) {
        server.client.disconnect()
      }
      let watched = servers.first?.client.watched ?? []
      guard Watched.wait(for: watched, seconds: pauseBetweenMasters) == nil else {
        held.giveUp(nil, report)
        throw .interrupted
      }
    }
  }
}

/// Seconds before a server is asked again that is loading, say.
private let pauseBetweenMasters = 0.1

/// Messages that were refused between two masters, with the refusal.
private struct HeldBack {
  private var messages: [(place: Int, delivery: Delivery, by: RedisAddress)] = []

  var places: [Int] { messages.map(\.place).sorted() }

  /// Who is not to be asked again.
  var addresses: [RedisAddress] { messages.map(\.by) }

  mutating func add(_ place: Int, _ delivery: Delivery, _ address: RedisAddress) {
    messages.append((place, delivery, address))
  }

  /// What was refused stays so: of one group, or all.
  mutating func giveUp(_ group: GroupName?, _ report: (Int, Delivery) -> Void) {
    for message in messages where group == nil || message.delivery.group == group {
      report(message.place, message.delivery)
    }
    messages.removeAll { group == nil || $0.delivery.group == group }
  }
}

extension Delivery {
  /// Whether a queue holds the message now, as far as we know.
  fileprivate var mayHaveWritten: Bool {
    if case .failed(let fault) = outcome { fault.isUncertain } else { hasWritten }
  }

  /// The server that refused, where sentinels may name another.
  fileprivate var formerMaster: RedisAddress? {
    guard case .failed(.refused(let address, let error)) = outcome, address.masterName != nil,
      error.isBetweenMasters
    else { return nil }
    return address
  }
}
