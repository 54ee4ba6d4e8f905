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

  /// How many characters fit, escapes as a whole; at least one, so that a narrow terminal is no end of it.
  private func rowLength(
    _ rest: ArraySlice<(role: Style.Role?, character: Character)>, _ width: Int
  ) -> Int {
    var columns = 0
    var space: Int?
    var escape = 0..<0
    for (length, (_, character)) in rest.enumerated() {
      if character == "\\", length >= escape.upperBound {
        escape = length..<length + Self.escapeLength(rest.dropFirst(length))
      }
      columns += character.cellWidth
      if character == " ", length > 0 { space = length }
      if columns > width {
        let isCut = escape.lowerBound > 0 && escape.contains(length)
        return max(1, space ?? (isCut ? escape.lowerBound : length))
      }
    }
    return rest.count
  }

  /// Of an escape as `TerminalText` and JSON write them: `\n`, `\u{1B}`, `\u001b`.
  private static func escapeLength(
    _ rest: ArraySlice<(role: Style.Role?, character: Character)>
  ) -> Int {
    let next = rest.dropFirst().prefix(9).map(\.character)
    guard next.first == "u" else { return 2 }
    if next.dropFirst().first == "{" { return (next.firstIndex(of: "}") ?? 0) + 2 }
    return 6
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
