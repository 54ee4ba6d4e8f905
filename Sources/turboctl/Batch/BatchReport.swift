import Core

/// What became of a batch so far.
struct BatchReport {
  /// Sums of one group, or of all.
  struct Total {
    var messages = 0
    var bytes = 0
    /// Messages times the processes that dropped them.
    var overCapacity = 0
    /// Nothing is at capacity where nothing is queued: the pub/sub layer.
    var hasQueues = true
    /// Messages that nobody listened to.
    var unheard = 0
  }

  private(set) var all = Total()
  /// In the order they were met.
  private(set) var groups: [(name: GroupName, total: Total)] = []
  private var places: [GroupName: Int] = [:]
  /// Where the group of the message before is: mostly the next one's too.
  private var latest = 0
  /// Messages that had been sent before.
  private(set) var duplicates = 0
  /// Lines that were sent although one before them was not.
  private(set) var ahead = LineNumbers()
  /// Lines that no message could be made of.
  var bad = LineNumbers()
  /// Lines that the policy held back.
  private(set) var withheld = LineNumbers()
  /// Lines that reached nobody, because a server refused or is gone.
  private(set) var refused = LineNumbers()
  /// Lines that only some of their groups, or processes, got.
  private(set) var partial = LineNumbers()
  /// Lines that may have been delivered: they were sent, and no answer came.
  private(set) var uncertain = LineNumbers()
  /// The first message that a fault kept from its group, or from some of its processes.
  private(set) var refusal: Refusal?
  /// Full queues that were waited for in vain (`ChannelLayer.givenUp`).
  var givenUp: [GroupName: [String]] = [:]
  /// The last line that was gone through.
  var lastLine = 0
  /// The first line that is still to be sent, where the batch went no further.
  private var firstUnsent: Int?

  struct Refusal {
    let line: Int
    let delivery: Delivery
  }

  /// The line to go on with: one that is in doubt, or reached some, is not sent twice unasked.
  var nextLine: Int { firstUnsent ?? lastLine + 1 }

  /// Whether somebody has a message, or may have one.
  var hasSent: Bool { all.messages > 0 || uncertain.count > 0 }

  /// Groups that are summed one by one; with more of them, only all together.
  private static let groupLimit = 1000

  mutating func add(_ delivery: Delivery, line: Int, bytes: Int) {
    switch delivery.outcome {
    case .withheld: withheld.add(line)
    case .duplicate: duplicates += 1
    case .failed: refusal = refusal ?? Refusal(line: line, delivery: delivery)
    case .delivered(let audience, _):
      add(audience, delivery.group, bytes)
    case .partial(let audience, _, _, _):
      add(audience, delivery.group, bytes)
      refusal = refusal ?? Refusal(line: line, delivery: delivery)
    }
  }

  /// Notes a line of which every message has been added.
  ///
  /// - Parameter goesOn: whether a line that was refused is left behind.
  mutating func add(_ fate: LineFate, goesOn: Bool) {
    if fate.isUncertain { uncertain.add(fate.line) }
    if fate.isUnsent, fate.isRefused { refused.add(fate.line) }
    if fate.isPartial { partial.add(fate.line) }
    if fate.isUnsent, fate.isOpen || !goesOn {
      firstUnsent = firstUnsent ?? fate.line
    } else if fate.isSent, firstUnsent != nil {
      ahead.add(fate.line)
    }
  }

  private mutating func add(_ audience: Audience, _ group: GroupName, _ bytes: Int) {
    all.add(audience, bytes)
    if !groups.indices.contains(latest) || groups[latest].name != group {
      if let known = places[group] {
        latest = known
      } else {
        guard groups.count <= Self.groupLimit else { return }
        latest = groups.count
        places[group] = latest
        groups.append((group, Total()))
      }
    }
    groups[latest].total.add(audience, bytes)
  }

  /// A line a group, unless there are too many, and one for all.
  func lines(elapsed: Double) -> [String] {
    let each =
      groups.count > 1 && groups.count <= Self.groupLimit
      ? groups.map { "\($0.name.text): \($0.total.text)" } : []
    let groups =
      switch groups.count {
      case 1: groups[0].name.text
      case ...Self.groupLimit: "\(groups.count) groups"
      default: "more than \(Self.groupLimit) groups"
      }
    let rate = Int((Double(all.messages) / max(elapsed, 1e-6)).rounded())
    let again = duplicates > 0 ? ", \(duplicates) already sent" : ""
    return each + [
      "\(groups): \(all.text)\(again), \(readable(milliseconds: elapsed * 1000)) ms, "
        + "\(rate) a second"
    ]
  }
}

extension BatchReport.Total {
  mutating func add(_ audience: Audience, _ size: Int) {
    messages += 1
    bytes += size
    overCapacity += audience.overCapacity
    hasQueues = audience.unit == .channels
    if audience.channels == 0 { unheard += 1 }
  }

  var text: String {
    let unheard = unheard > 0 ? ", \(unheard) without subscribers" : ""
    let full = hasQueues ? ", \(overCapacity) over capacity" : ""
    return
      "\(counted(messages, "message", "messages"))\(full)\(unheard), \(counted(bytes, "byte", "bytes"))"
  }
}
