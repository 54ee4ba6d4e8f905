/// Durations, counted by their size: each is known to 1 %, and the memory does not grow with their number.
struct Latencies {
  private(set) var count = 0
  /// In seconds, as all of it.
  private(set) var max = 0.0
  /// By nanoseconds: 64 places for each power of two, so that a place is 1/64 of its value wide.
  private var counts: [Int] = []

  private static let longest = 1e6

  mutating func add(_ seconds: Double) {
    let nanoseconds = UInt64(Swift.max(0, min(seconds, Self.longest)) * 1e9)
    let shift = Swift.max(0, 57 - nanoseconds.leadingZeroBitCount)
    let place = 64 * shift + Int(nanoseconds >> UInt64(shift))
    if place >= counts.count {
      counts += [Int](repeating: 0, count: place + 1 - counts.count)
    }
    counts[place] += 1
    count += 1
    max = Swift.max(max, seconds)
  }

  static func += (left: inout Latencies, right: Latencies) {
    let missing = right.counts.count - left.counts.count
    if missing > 0 { left.counts += [Int](repeating: 0, count: missing) }
    for (place, number) in right.counts.enumerated() { left.counts[place] += number }
    left.count += right.count
    left.max = Swift.max(left.max, right.max)
  }

  /// The duration that so many percent do not exceed; nil where there is none.
  func percentile(_ percent: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = Swift.max(1, Int((percent / 100 * Double(count)).rounded(.up)))
    var sum = 0
    for (place, number) in counts.enumerated() {
      sum += number
      if sum >= rank { return min(max, Self.middle(place)) }
    }
    return max
  }

  /// How many lie up to each bound and above the one before, from the least bound needed to the greatest.
  var histogram: [(upTo: Double, count: Int)] {
    var rows: [(upTo: Double, count: Int)] = []
    var (bound, step) = (Self.leastBound, 0)
    for (place, number) in counts.enumerated() where number > 0 {
      while min(max, Self.middle(place)) > bound {
        // 1, 2, 5, 10 …
        bound *= step % 3 == 1 ? 2.5 : 2
        step += 1
        if !rows.isEmpty { rows.append((bound, 0)) }
      }
      if rows.isEmpty { rows.append((bound, 0)) }
      rows[rows.count - 1].count += number
    }
    return rows
  }

  private static let leastBound = 1e-6

  /// The middle of a place, in seconds.
  private static func middle(_ place: Int) -> Double {
    let shift = Swift.max(0, place / 64 - 1)
    let low = UInt64(place - 64 * shift) << UInt64(shift)
    return (Double(low) + Double((UInt64(1) << UInt64(shift)) - 1) / 2) / 1e9
  }
}
