import Core

/// A send of which not every group got its message, judged as a whole.
struct Undelivered {
  /// The groups that did not get it, or whose processes did not all.
  let failed: [Delivery]
  /// The groups of which a process got it.
  let written: [GroupName]
  let policy: SendPolicy
  /// The groups that are served with that: nothing is said of them as failed.
  var served: [GroupName] { written.filter { name in !failed.contains { $0.group == name } } }
  /// Whether a message that reached some counts as sent (`GroupMessage.once`).
  let isOnce: Bool
  /// Seconds waited for channels, where that was asked for.
  let waited: Double?

  /// Nil where every group got its message.
  init?(_ deliveries: [Delivery], _ policy: SendPolicy, isOnce: Bool = false) {
    let failed = deliveries.filter {
      switch $0.outcome {
      case .delivered, .duplicate: false
      case .withheld, .partial, .failed: true
      }
    }
    if failed.isEmpty { return nil }
    self.failed = failed
    written = deliveries.filter(\.hasWritten).map(\.group)
    self.policy = policy
    self.isOnce = isOnce
    waited = nil
  }

  /// Before the first write.
  init(failed: [Delivery], _ policy: SendPolicy, waited: Double?) {
    self.failed = failed
    written = []
    self.policy = policy
    isOnce = false
    self.waited = waited
  }

  /// 5 beats 3 beats 4.
  var exit: ExitCode {
    if !written.isEmpty || isUncertain { return .uncertain }
    return faults.isEmpty ? .unmet : .unreachable
  }

  /// Whether a group may have got its message though we cannot say so.
  var isUncertain: Bool { faults.contains(where: \.isUncertain) }

  /// Groups of which some processes got it.
  var partial: [Delivery] {
    failed.filter { if case .partial = $0.outcome { true } else { false } }
  }

  /// Why groups that had an audience did not get their message.
  var faults: [ChannelsError] {
    failed.compactMap(\.outcome.fault)
  }
}

extension Delivery.Outcome {
  /// Why somebody did not get the message.
  fileprivate var fault: ChannelsError? {
    switch self {
    case .failed(let fault), .partial(_, _, _, let fault): fault
    case .delivered, .duplicate, .withheld: nil
    }
  }
}

extension CommandError {
  /// What ended a send of which some messages had been answered for.
  init(_ fault: ChannelsError, after deliveries: [Delivery]) {
    let written = deliveries.filter(\.hasWritten).map(\.group)
    let fault = fault.orDoubt(of: deliveries)
    self = fault == .interrupted ? .stopped(delivered: written) : .layer(fault, delivered: written)
  }
}

extension ChannelsError {
  /// What messages before had been left in doubt by: it says more than that those behind surely were not sent.
  func orDoubt(of deliveries: [Delivery]) -> ChannelsError {
    deliveries.lazy.compactMap(\.outcome.fault).first(where: \.isUncertain) ?? self
  }
}
