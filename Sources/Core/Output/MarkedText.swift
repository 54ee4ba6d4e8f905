/// A line of pieces, each in a style of its own, to be cut to the width of a terminal.
package struct MarkedText {
  package typealias Piece = (role: Style.Role?, text: String)

  private var characters: [(role: Style.Role?, character: Character)] = []

  package init(_ pieces: [Piece]) {
    for (role, text) in pieces {
      for character in TerminalText.line(text) { characters.append((role, character)) }
    }
  }

  /// Rows of at most `width` columns, cut at spaces where there are some.
  package func rows(width: Int, style: Style) -> [String] {
    var rows: [String] = []
    var rest = characters[...]
    repeat {
      let row = rest.prefix(rowLength(rest, width))
      rest = rest.dropFirst(row.count)
      while rest.first?.character == " " { rest = rest.dropFirst() }
      rows.append(Self.text(row, style))
    } while !rest.isEmpty
    return rows
  }

  /// How many characters fit; at least one, so that a narrow terminal is no end of it.
  private func rowLength(
    _ rest: ArraySlice<(role: Style.Role?, character: Character)>, _ width: Int
  ) -> Int {
    var columns = 0
    var space: Int?
    for (length, (_, character)) in rest.enumerated() {
      columns += character.cellWidth
      if character == " ", length > 0 { space = length }
      if columns > width { return max(1, space ?? length) }
    }
    return rest.count
  }

  private static func text(
    _ row: ArraySlice<(role: Style.Role?, character: Character)>, _ style: Style
  ) -> String {
    var text = ""
    var rest = row
    while let first = rest.first {
      let run = rest.prefix { $0.role == first.role }
      rest = rest.dropFirst(run.count)
      let part = String(run.map(\.character))
      text += first.role.map { style($0, part) } ?? part
    }
    return text
  }
}
