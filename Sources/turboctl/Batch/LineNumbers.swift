import Core

/// Lines by their numbers, in rising order: how many, and the first few.
struct LineNumbers {
  private(set) var count = 0
  private var first: [ClosedRange<Int>] = []
  private var last = 0
  private static let named = 10

  mutating func add(_ line: Int) {
    guard line != last else { return }
    if let range = first.last, range.upperBound == last, line == last + 1 {
      first[first.count - 1] = range.lowerBound...line
    } else if first.count < Self.named {
      first.append(line...line)
    }
    count += 1
    last = line
  }

  /// `line 3`, `lines 3, 7 to 9`, `lines 1, 3, …, 19 and 90 more`.
  var text: String {
    let numbers = first.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
    }
    let rest = count - first.reduce(0) { $0 + $1.count }
    return (count == 1 ? "line " : "lines ") + numbers.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The same as the subject of a sentence.
  func text(_ singular: String, _ plural: String) -> String {
    "\(text) \(count == 1 ? singular : plural)"
  }
}

/// What became of the messages of one line.
struct LineFate {
  let line: Int
  /// Whether a group got its message, or some of its processes did.
  private(set) var isSent = false
  /// Whether one did not get it, for a fault.
  private(set) var isRefused = false
  /// Whether one still waits for it.
  private(set) var isOpen = false
  /// Whether one may have got it.
  private(set) var isUncertain = false
  /// Whether of one group only some processes got it.
  private(set) var isSplit = false

  init(line: Int) { self.line = line }

  /// - Parameter isDoubtful: whether a message without an answer may have been delivered.
  mutating func add(_ outcome: Delivery.Outcome?, isDoubtful: Bool) {
    switch outcome {
    case .delivered: isSent = true
    case .partial: (isSent, isSplit) = (true, true)
    case .failed(let fault) where fault.isUncertain: isUncertain = true
    case .failed: isRefused = true
    case nil where isDoubtful: isUncertain = true
    case nil: isOpen = true
    case .withheld, .duplicate: break
    }
  }

  /// Whether it was sent to nobody, for all we know.
  var isUnsent: Bool { (isRefused || isOpen) && !isSent && !isUncertain }

  var isPartial: Bool { isSplit || isSent && (isRefused || isOpen) }
}
