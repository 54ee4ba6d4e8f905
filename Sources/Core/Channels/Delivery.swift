/// How a send treats what stands in its way; checked on the server, before the first write.
package struct SendPolicy: Equatable, Sendable {
  package enum WhenFull: String, CaseIterable, Sendable {
    /// A process whose queue is full does not get the message, as with channels_redis.
    case drop
    /// One full queue, and nobody gets it.
    case fail
  }

  package var whenFull = WhenFull.drop
  /// Channels that a group must have.
  package var require = 0

  package init() {}

  /// Whether a message to such an audience may be written.
  package func allows(_ audience: Audience) -> Bool {
    audience.channels >= require && !(whenFull == .fail && audience.overCapacity > 0)
  }
}

/// Who a message to a group reaches, as counted on the server.
package struct Audience: Equatable, Sendable {
  /// Live members of the group.
  package var channels: Int
  /// Processes that those live in: one queue each.
  package var processes: Int
  /// Processes whose queue is at capacity.
  package var overCapacity: Int
}

/// What came of one group's message.
package struct Delivery: Equatable, Sendable {
  package enum Outcome: Equatable, Sendable {
    /// Every queue with room took the message. The fault, if any, is of the housekeeping after it.
    case delivered(Audience, fault: ServerError?)
    /// The policy forbade it: nothing was written.
    case withheld(Audience)
    /// Some queues took it (`written`), others failed with the error.
    case partial(Audience, written: Int, fault: ServerError)
    /// The server refused: nothing was written.
    case refused(ServerError)
  }

  package let group: GroupName
  package let outcome: Outcome
}

extension Delivery {
  /// Reads what the script of a group send returns.
  init?(group: GroupName, reply: Reply, policy: SendPolicy) {
    self.group = group
    if case .error(let error) = reply {
      outcome = .refused(error)
      return
    }
    guard let fields = reply.array, let audience = Audience(fields),
      let written = fields[3].integer
    else { return nil }
    let fault = fields.count > 4 ? fields[4].text.map(ServerError.init) : nil
    let expected = audience.processes - audience.overCapacity
    if !policy.allows(audience) {
      outcome = .withheld(audience)
    } else if let fault, written == 0 {
      outcome = .refused(fault)
    } else if let fault, written < expected {
      outcome = .partial(audience, written: written, fault: fault)
    } else {
      outcome = .delivered(audience, fault: fault)
    }
  }
}

extension Audience {
  init?(_ fields: [Reply]) {
    guard fields.count >= 4, let channels = fields[0].integer,
      let processes = fields[1].integer, let overCapacity = fields[2].integer
    else { return nil }
    self.init(channels: channels, processes: processes, overCapacity: overCapacity)
  }
}
