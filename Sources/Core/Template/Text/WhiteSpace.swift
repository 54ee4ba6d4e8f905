extension String {
  /// The text without white space at its end (`str.rstrip()`).
  var strippedAtEnd: String {
    guard let last = unicodeScalars.lastIndex(where: { !$0.isWhiteSpace }) else { return "" }
    return String(unicodeScalars[...last])
  }

  /// The text with each tab written as spaces up to the next eighth column (`str.expandtabs`).
  var withExpandedTabs: String {
    guard utf8.contains(UInt8(ascii: "\t")) else { return self }
    var column = 0
    var expanded = CodePoints()
    for point in unicodeScalars {
      switch point {
      case "\t":
        let width = 8 - column % 8
        expanded += repeatElement(" ", count: width)
        column += width
      case "\n", "\r":
        expanded.append(point)
        column = 0
      default:
        expanded.append(point)
        column += 1
      }
    }
    return String(expanded)
  }
}
