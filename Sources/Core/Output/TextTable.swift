/// Rows under headings, the columns as wide as their texts; numbers stand to the right.
///
/// What a cell holds is made safe for a terminal and kept to one line.
package struct TextTable {
  package struct Column: Sendable {
    let title: String
    let isNumber: Bool

    package init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  private let columns: [Column]
  private var rows: [[String]]

  package init(_ columns: [Column], rows: [[String]]) {
    self.columns = columns
    self.rows = [columns.map(\.title)] + rows.map { $0.map(TerminalText.line) }
  }

  /// The heading and the rows, none wider than `width`; nil: as wide as they are.
  ///
  /// What does not fit is cut in the middle, the widest columns of text first, since names differ at
  /// their ends. Columns for which no room is left even so are left out, from the right.
  package func lines(width: Int? = nil) -> [String] {
    let widths = widths(within: width ?? .max)
    return rows.map { cells in
      var line = ""
      for (place, width) in widths.enumerated() {
        let text = cells[place].cut(to: width)
        let padding = String(repeating: " ", count: width - text.cellWidth)
        line +=
          (place > 0 ? Self.gap : "") + (columns[place].isNumber ? padding + text : text + padding)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static let gap = "  "
  /// Below this, a name says nothing any more.
  private static let least = 8

  /// The widths of the columns that are shown.
  private func widths(within width: Int) -> [Int] {
    var widths = columns.indices.map { place in rows.reduce(0) { max($0, $1[place].cellWidth) } }
    var total = widths.reduce(0, +) + Self.gap.count * (columns.count - 1)
    while total > width {
      let texts = columns.indices.filter { !columns[$0].isNumber && widths[$0] > Self.least }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      total -= 1
    }
    while total > width, widths.count > 1 { total -= widths.removeLast() + Self.gap.count }
    return total > width ? [width] : widths
  }
}

extension String {
  /// The text, or so much of its two ends as fits into `width` columns, with `…` between.
  package func cut(to width: Int) -> String {
    guard cellWidth > width else { return self }
    var head = ""
    var tail = ""
    var room = width - 1
    var rest = self[...]
    while let character = head.cellWidth <= tail.cellWidth ? rest.popFirst() : rest.popLast(),
      character.cellWidth <= room
    {
      room -= character.cellWidth
      if head.cellWidth <= tail.cellWidth {
        head.append(character)
      } else {
        tail = String(character) + tail
      }
    }
    return width > 0 ? "\(head)…\(tail)" : ""
  }
}
