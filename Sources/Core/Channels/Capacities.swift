/// How much a process's queue may hold (`channels/layers.py compile_capacities`, `get_capacity`).
struct Capacities: Sendable {
  private let usual: Int
  private let special: [(pattern: ShellPattern, capacity: Int)]

  init(_ configuration: LayerConfiguration) {
    usual = configuration.capacity
    special = configuration.channelCapacity.map { (ShellPattern($0.pattern), $0.capacity) }
  }

  /// The capacity that the first of a process's channels tells, by its full name.
  subscript(channel: [UInt8]) -> Int {
    guard !special.isEmpty else { return usual }
    let name = String(decoding: channel, as: UTF8.self)
    return special.first { $0.pattern.matches(name) }?.capacity ?? usual
  }
}

/// A glob as Python's `fnmatch.translate` reads it; upper and lower case differ.
struct ShellPattern: Sendable {
  private enum Part: Sendable {
    case any
    case anyOne
    case one(Unicode.Scalar)
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private var parts: [Part] = []

  init(_ text: String) {
    let signs = Array(text.unicodeScalars)
    var place = 0
    while place < signs.count {
      let sign = signs[place]
      place += 1
      switch sign {
      case "*": parts.append(.any)
      case "?": parts.append(.anyOne)
      case "[":
        guard let end = Self.end(ofSet: signs, from: place) else {
          parts.append(.one("["))
          continue
        }
        parts.append(Self.set(Array(signs[place..<end])))
        place = end + 1
      default: parts.append(.one(sign))
      }
    }
  }

  func matches(_ name: String) -> Bool {
    let signs = Array(name.unicodeScalars)
    var (part, place) = (0, 0)
    // Where the last star stands, and the place up to which it has taken what it matches.
    var star: (part: Int, place: Int)?
    while place < signs.count {
      if part < parts.count, case .any = parts[part] {
        star = (part, place)
        part += 1
      } else if part < parts.count, Self.matches(parts[part], signs[place]) {
        part += 1
        place += 1
      } else if let last = star {
        star = (last.part, last.place + 1)
        (part, place) = (last.part + 1, last.place + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .any = $0 { true } else { false } }
  }

  private static func matches(_ part: Part, _ sign: Unicode.Scalar) -> Bool {
    switch part {
    case .any, .anyOne: true
    case .one(let own): own == sign
    case .set(let ranges, let isNegated):
      ranges.contains { $0.contains(sign.value) } != isNegated
    }
  }

  /// The bracket that ends a set; one that stands first in it is of the set.
  private static func end(ofSet signs: [Unicode.Scalar], from start: Int) -> Int? {
    var place = start
    if place < signs.count, signs[place] == "!" { place += 1 }
    if place < signs.count, signs[place] == "]" { place += 1 }
    return signs[min(place, signs.count)...].firstIndex(of: "]")
  }

  private static func set(_ signs: [Unicode.Scalar]) -> Part {
    let isNegated = signs.first == "!"
    let signs = isNegated ? Array(signs.dropFirst()) : signs
    var ranges: [ClosedRange<UInt32>] = []
    var place = 0
    while place < signs.count {
      let low = signs[place].value
      // A range that ends before it begins holds nothing, its ends neither.
      if place + 2 < signs.count, signs[place + 1] == "-" {
        let high = signs[place + 2].value
        if low <= high { ranges.append(low...high) }
        place += 3
      } else {
        ranges.append(low...low)
        place += 1
      }
    }
    return .set(ranges, isNegated: isNegated)
  }
}
