import Core

/// A line of the user's text, and a mark under a place in it.
struct Excerpt {
  private let before: String
  private let after: String

  /// - Parameter column: of the place, in characters from 1.
  init(_ line: String, column: Int) {
    // A tab is one place wide here.
    let scalars = line.unicodeScalars.map { $0 == "\t" ? " " : $0 }
    func text(_ part: ArraySlice<UnicodeScalar>) -> String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: part)
      return TerminalText.line(String(text))
    }
    before = text(scalars.prefix(column - 1))
    after = text(scalars.dropFirst(column - 1))
  }

  private static let cut = "…"

  /// Two lines of at most so many cells, the place among them.
  func text(width: Int) -> String {
    var (before, after) = (before, after)
    if before.cellWidth + after.cellWidth > width {
      // What is right of the place is mostly the tag itself.
      let left = Swift.max(width / 3, width - 1 - after.cellWidth)
      if before.cellWidth > left {
        before = Self.cut + String(before.reversed().fitting(left - 1).reversed())
      }
      let right = width - before.cellWidth
      if after.cellWidth > right { after = String(after.fitting(right - 1)) + Self.cut }
    }
    return "\(before)\(after)\n\(String(repeating: " ", count: before.cellWidth))^\n"
  }
}

extension Sequence<Character> {
  /// The first characters that take so many cells at most.
  fileprivate func fitting(_ width: Int) -> [Character] {
    var left = width
    return prefix { character in
      left -= character.cellWidth
      return left >= 0
    }
  }
}
