/// How a send treats what stands in its way; checked on the server, before the first write.
package struct SendPolicy: Equatable, Sendable {
  package enum WhenFull: String, CaseIterable, Sendable {
    /// A process whose queue is full does not get the message, as with channels_redis.
    case drop
    /// One full queue, and nobody gets it.
    case fail
    /// Nobody gets it before every queue has room; see `fullTimeout`.
    case wait
  }

  package var whenFull = WhenFull.drop
  /// Channels that a group must have.
  package var require = 0
  /// Seconds after which a full queue that nobody takes anything from is waited for no longer.
  package var fullTimeout = 10.0
  /// Seconds for which a message's marker keeps it from being sent again (`GroupMessage.once`).
  package var onceLife = 3600
  /// Whether a consumer of several groups gets their messages in order: none overtakes one that waits.
  package var keepsOrder = false
  /// Whether the queues that take a message are remembered (`CoreLayer.confirm`).
  package var namesQueues = false

  package init() {}

  /// Whether a message may be kept from a group, so that several are looked at before the first write.
  package var holdsBack: Bool { require > 0 || whenFull == .fail }

  /// Whether a message to such an audience may be written.
  package func allows(_ audience: Audience) -> Bool {
    audience.channels >= require && !(whenFull == .fail && audience.overCapacity > 0)
  }
}

/// Who a message to a group reaches, as counted on the server.
package struct Audience: Equatable, Sendable {
  /// What the layer can count.
  package enum Unit: Sendable {
    case channels
    /// Connections of the pub/sub layer; how many channels are behind each, nobody can tell.
    case receivers
  }

  package var unit = Unit.channels
  /// Live members of the group, or receivers.
  package var channels: Int
  /// Processes that those live in: one queue each; a receiver is one.
  package var processes: Int
  /// Processes whose queue is at capacity.
  package var overCapacity: Int

  package init(channels: Int, processes: Int, overCapacity: Int) {
    self.channels = channels
    self.processes = processes
    self.overCapacity = overCapacity
  }

  package init(receivers: Int) {
    self.init(channels: receivers, processes: receivers, overCapacity: 0)
    unit = .receivers
  }
}

/// What came of one group's message.
package struct Delivery: Equatable, Sendable {
  package enum Outcome: Equatable, Sendable {
    /// Every queue with room took the message. The fault, if any, is of the housekeeping after it.
    case delivered(Audience, fault: ServerError?)
    /// The policy forbade it: nothing was written.
    case withheld(Audience)
    /// Some queues took it (`written`); those of the `failed` processes did not, the first with the
    /// fault, or may have, where that is uncertain.
    indirect case partial(Audience, written: Int, failed: [String], fault: ChannelsError)
    /// Its marker was there: it had been sent before.
    case duplicate
    /// No queue took it, or none that we know of, where the fault is uncertain.
    indirect case failed(ChannelsError)
  }

  package let group: GroupName
  package let outcome: Outcome

  package init(group: GroupName, outcome: Outcome) {
    self.group = group
    self.outcome = outcome
  }

  /// Whether a queue holds the message now.
  package var hasWritten: Bool {
    switch outcome {
    case .delivered(let audience, _): audience.processes > audience.overCapacity
    case .partial: true
    case .withheld, .duplicate, .failed: false
    }
  }
}
