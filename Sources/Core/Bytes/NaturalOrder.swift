extension String {
  /// Whether this comes before `other` by its bytes, but for runs of digits, which count as numbers:
  /// `chat_2` before `chat_10`.
  package func comesNaturally(before other: String) -> Bool {
    var left = Substring(self).utf8
    var right = Substring(other).utf8
    while let ours = left.first, let theirs = right.first {
      if ours.isDigit, theirs.isDigit {
        let ours = left.takeNumber()
        let theirs = right.takeNumber()
        if ours.count != theirs.count { return ours.count < theirs.count }
        if !ours.elementsEqual(theirs) { return ours.lexicographicallyPrecedes(theirs) }
      } else if ours != theirs {
        return ours < theirs
      } else {
        left.removeFirst()
        right.removeFirst()
      }
    }
    // Only zeros in front of numbers are left to tell them apart.
    return left.isEmpty != right.isEmpty ? left.isEmpty : utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension Substring.UTF8View {
  /// Takes the digits that it begins with; returns them without zeros in front.
  fileprivate mutating func takeNumber() -> Substring.UTF8View {
    let digits = prefix(while: \.isDigit)
    removeFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
