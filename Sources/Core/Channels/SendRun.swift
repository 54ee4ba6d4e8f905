/// Messages to one group that wait to be sent, in their order, as places among all.
///
/// One call of a run is under way at a time: what a full queue keeps back is not overtaken.
struct SendRun {
  let group: GroupName
  var places: ArraySlice<Int>
  /// Whether the group has more processes than one script serves.
  var isWide = false

  /// Messages that go out in one call, and bytes of them, at most.
  static let longest = 1000
  static let largest = 1 << 20

  /// The messages by their groups, in the order in which those are first met.
  static func runs(of messages: [GroupMessage]) -> [SendRun] {
    if messages.count == 1 { return [SendRun(group: messages[0].group, places: [0])] }
    var places: [GroupName: Int] = [:]
    var runs: [(group: GroupName, places: [Int])] = []
    var latest = 0
    for place in messages.indices {
      let group = messages[place].group
      // Mostly it is that of the message before.
      if place > 0, messages[place - 1].group == group {
        runs[latest].places.append(place)
      } else if let known = places[group] {
        runs[known].places.append(place)
        latest = known
      } else {
        latest = runs.count
        places[group] = latest
        runs.append((group, [place]))
      }
    }
    return runs.map { SendRun(group: $0.group, places: $0.places[...]) }
  }

  /// The first of them, as many as go out in one call; one with a marker goes alone.
  func next(
    of messages: [GroupMessage], atMost limit: Int = longest, bytes most: Int = largest
  ) -> ArraySlice<Int> {
    guard let first = places.first, messages[first].once == nil else { return places.prefix(1) }
    var bytes = 0
    let end = places.prefix(limit).firstIndex { place in
      bytes += messages[place].encoded.head.count
      return bytes > most || messages[place].once != nil
    }
    let fitting = (end ?? places.endIndex) - places.startIndex
    return places.prefix(max(1, min(fitting, limit)))
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
