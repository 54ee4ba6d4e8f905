import Core

/// A send of which not every group got its message, judged as a whole.
struct Undelivered {
  /// The groups that did not get it, or whose processes did not all.
  let failed: [Delivery]
  /// The groups of which a process got it.
  let written: [GroupName]
  let policy: SendPolicy
  let address: RedisAddress
  /// Seconds waited for channels, where that was asked for.
  let waited: Double?

  /// Nil where every group got its message.
  init?(_ deliveries: [Delivery], _ policy: SendPolicy, _ address: RedisAddress) {
    let failed = deliveries.filter {
      if case .delivered = $0.outcome { false } else { true }
    }
    if failed.isEmpty { return nil }
    self.failed = failed
    written = deliveries.filter(\.hasWritten).map(\.group)
    self.policy = policy
    self.address = address
    waited = nil
  }

  /// Before the first write.
  init(failed: [Delivery], _ policy: SendPolicy, _ address: RedisAddress, waited: Double?) {
    self.failed = failed
    written = []
    self.policy = policy
    self.address = address
    self.waited = waited
  }

  /// 5 beats 3 beats 4.
  var exit: ExitCode {
    if !written.isEmpty { return .uncertain }
    return refusal == nil ? .unmet : .unreachable
  }

  /// The first error of the server.
  var refusal: ServerError? {
    for delivery in failed {
      switch delivery.outcome {
      case .refused(let error), .partial(_, _, _, let error): return error
      case .delivered, .withheld: continue
      }
    }
    return nil
  }
}
