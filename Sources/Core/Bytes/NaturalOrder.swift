extension String {
  /// Whether this comes before `other` by its bytes, but for runs of digits, which count as numbers:
  /// `chat_2` before `chat_10`.
  package func comesNaturally(before other: String) -> Bool {
    let left = utf8Span.span
    let right = other.utf8Span.span
    var place = 0
    var otherPlace = 0
    while place < left.count, otherPlace < right.count {
      if left[place].isDigit, right[otherPlace].isDigit {
        let number = left.number(at: place)
        let otherNumber = right.number(at: otherPlace)
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        for (digit, otherDigit) in zip(number, otherNumber) where left[digit] != right[otherDigit] {
          return left[digit] < right[otherDigit]
        }
        place = number.upperBound
        otherPlace = otherNumber.upperBound
      } else if left[place] != right[otherPlace] {
        return left[place] < right[otherPlace]
      } else {
        place += 1
        otherPlace += 1
      }
    }
    // Where one has ended, it comes first; where both have, zeros in front of numbers tell them apart.
    let isLonger = otherPlace < right.count
    return place < left.count || isLonger ? isLonger : left.count < right.count
  }
}

extension Span<UInt8> {
  /// The digits from a place on, without zeros in front.
  fileprivate func number(at place: Int) -> Range<Int> {
    var start = place
    while start < count, self[start] == UInt8(ascii: "0") { start += 1 }
    var end = start
    while end < count, self[end].isDigit { end += 1 }
    return start..<end
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
