/// Messages to one group that wait to be sent, as places among all: they follow each other.
///
/// One call of a run is under way at a time: what a full queue keeps back is not overtaken.
struct SendRun {
  let group: GroupName
  var places: Range<Int>
  /// Whether the group has more processes than one script serves.
  var isWide = false

  /// Messages that go out in one call, and bytes of them, at most.
  static let longest = 1000
  static let largest = 1 << 20

  /// Messages that can go out together, each group's in a row of their own.
  ///
  /// - Parameter limit: groups at most.
  static func runs(_ next: Range<Int>, of messages: [GroupMessage], atMost limit: Int) -> [SendRun]
  {
    var runs: [SendRun] = []
    var met: Set<GroupName> = []
    var start = next.lowerBound
    while start < next.upperBound, runs.count < limit {
      let group = messages[start].group
      // What waits for room is not to be overtaken by the next to its group.
      guard met.insert(group).inserted else { break }
      var end = start + 1
      while end < next.upperBound, messages[end].group == group { end += 1 }
      runs.append(SendRun(group: group, places: start..<end))
      start = end
    }
    return runs
  }

  /// The first of them, as many as go out in one call; one with a marker goes alone.
  func next(
    of messages: [GroupMessage], atMost limit: Int = longest, bytes most: Int = largest
  ) -> Range<Int> {
    guard messages[places.lowerBound].once == nil else { return places.prefix(1) }
    let unmarked = places.prefix(limit).prefix { messages[$0].once == nil }
    return Self.fitting(unmarked, of: messages, atMost: limit, bytes: most)
  }

  /// The first of some, as many as go out in one call: one at least.
  static func fitting(
    _ places: Range<Int>, of messages: [GroupMessage], atMost limit: Int, bytes most: Int = largest
  ) -> Range<Int> {
    var bytes = 0
    let fitting = places.prefix(limit).prefix { place in
      bytes += messages[place].encoded.head.count
      return bytes <= most
    }
    return fitting.isEmpty ? places.prefix(1) : fitting
  }

  /// Reports on the first messages, and takes them off.
  mutating func finish(
    _ count: Int, _ report: (Int, Delivery) -> Void, _ outcome: (Int) -> Delivery.Outcome
  ) {
    for (number, place) in places.prefix(count).enumerated() {
      report(place, Delivery(group: group, outcome: outcome(number)))
    }
    places = places.dropFirst(count)
  }
}

/// How long queues have been full, and which of them are given up (`SendPolicy.fullTimeout`).
struct SendPatience {
  /// How each full queue began when it was first seen so: it is the same for all groups.
  private var seen: [String: (oldest: [UInt8], since: Double)] = [:]
  private(set) var givenUp: [GroupName: [String]] = [:]

  /// Notes which queues hold a group up, and gives up those that have for too long.
  mutating func note(
    _ queues: [SendReply.FullQueue], of group: GroupName, limit: Double
  ) {
    let now = Deadline.monotonic()
    for queue in queues {
      // Two empty queues look alike.
      if let before = seen[queue.process], before.oldest == queue.oldest, !queue.oldest.isEmpty {
        guard now - before.since >= limit else { continue }
        givenUp[group, default: []].append(queue.process)
      } else {
        seen[queue.process] = (queue.oldest, now)
      }
    }
  }
}
