/// Names near to a mistyped one.
package enum Suggestions {
  /// The name that was most likely meant, if any is near enough to be worth saying.
  ///
  /// Near is a distance of at most a third of the longer name, or the only name that begins so.
  package static func nearest(to typed: String, among names: [String]) -> String? {
    let typed = typed.lowercased()
    var best: (name: String, distance: Int)?
    for name in names {
      let limit = max(1, max(typed.count, name.count) / 3)
      // A longer word is no typing error of a short one; the distance need not be found.
      guard abs(typed.count - name.count) <= limit else { continue }
      let distance = distance(Array(typed), Array(name.lowercased()))
      if distance <= limit, distance < min(typed.count, name.count),
        distance < best?.distance ?? .max
      {
        best = (name, distance)
      }
    }
    if let best { return best.name }
    guard typed.count > 1 else { return nil }
    let longer = names.filter { $0.lowercased().hasPrefix(typed) }
    return longer.count == 1 ? longer.first : nil
  }

  /// The Damerau-Levenshtein distance: insertions, removals, replacements, and swaps of neighbours.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let cost = left[i] == right[j] ? 0 : 1
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
