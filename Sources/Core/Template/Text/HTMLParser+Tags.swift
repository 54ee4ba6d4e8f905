// Start and end tags, as tolerantly as `html/parser.py` reads them. Each function returns the place
// behind what it read, or nil where the tag has no end.

extension HTMLParser {
  /// The elements whose content is not HTML.
  private static let rawElements = ["script", "style"]

  mutating func startTag() -> Int? {
    guard let end = startTagEnd() else { return nil }
    var place = skipSeparators(nameEnd(position + 1))
    while place < end, let next = attribute(place) { place = next }
    let source = String(points[position..<end])
    let name = String(points[(position + 1)..<nameEnd(position + 1)]).inLowerCase
    switch String(points[min(place, end)..<end]).stripped {
    case ">":
      emit(.start(name: name, source: source, isSelfClosed: false))
      if Self.rawElements.contains(name) { setRawElement(name) }
    case "/>": emit(.start(name: name, source: source, isSelfClosed: true))
    default: emit(.text(source))
    }
    return end
  }

  /// Where the start tag ends, or where what cannot be one does (`check_for_whole_start_tag`).
  private func startTagEnd() -> Int? {
    var place = nameEnd(position + 1)
    place = points[place...].firstIndex { !($0.isWhiteSpace || $0 == "/") } ?? points.count
    while let next = attribute(place) { place = next }
    place = skipWhiteSpace(place)
    guard place < points.count else { return nil }
    switch points[place] {
    case ">": return place + 1
    case "/": return place + 1 < points.count && points[place + 1] == ">" ? place + 2 : nil
    case "=": return nil
    case let point where point.isASCIILetter: return nil
    default: return place
    }
  }

  private func nameEnd(_ start: Int) -> Int {
    points[start...].firstIndex { "\t\n\r\u{c} />\0".unicodeScalars.contains($0) } ?? points.count
  }

  /// Skips white space and slashes, but for the slash of `/>`.
  private func skipSeparators(_ start: Int) -> Int {
    var place = start
    while place < points.count {
      let isSlash = points[place] == "/" && !(place + 1 < points.count && points[place + 1] == ">")
      guard isSlash || points[place].isWhiteSpace else { break }
      place += 1
    }
    return place
  }

  /// Reads an attribute, its value and what separates it from the next; nil where none is.
  private func attribute(_ start: Int) -> Int? {
    guard start < points.count, !isNameEnd(points[start]), start > 0,
      points[start - 1].isWhiteSpace || "'\"/".unicodeScalars.contains(points[start - 1])
    else { return nil }
    let name = points[(start + 1)...].firstIndex { isNameEnd($0) || $0 == "=" } ?? points.count
    return skipSeparators(attributeValue(name) ?? name)
  }

  private func isNameEnd(_ point: Unicode.Scalar) -> Bool {
    point.isWhiteSpace || point == "/" || point == ">"
  }

  /// Reads `="value"`, or a value without quotes.
  private func attributeValue(_ start: Int) -> Int? {
    let equals = skipWhiteSpace(start)
    let signs = points[equals...].prefix { $0 == "=" }
    guard !signs.isEmpty else { return nil }
    let value = skipWhiteSpace(signs.endIndex)
    guard value < points.count, points[value] == "'" || points[value] == "\"" else {
      return bareValueEnd(value)
    }
    if let close = points[(value + 1)...].firstIndex(of: points[value]) { return close + 1 }
    // The quote is never closed: the value is empty if white space can stand for it, or it is
    // what follows the first of several signs.
    if value > signs.endIndex { return value - 1 }
    return signs.count > 1 ? bareValueEnd(signs.endIndex - 1) : nil
  }

  private func bareValueEnd(_ start: Int) -> Int {
    points[start...].firstIndex { $0.isWhiteSpace || $0 == ">" } ?? points.count
  }

  mutating func endTag() -> Int? {
    guard let close = points[(position + 1)...].firstIndex(of: ">") else { return nil }
    if let name = wholeEndTagName() {
      if let rawElement, rawElement != name {
        emit(.text(String(points[position...close])))
      } else {
        emit(.end(name: name))
        setRawElement(nil)
      }
      return close + 1
    }
    if rawElement != nil {
      emit(.text(String(points[position...close])))
    } else if position + 2 < points.count, points[position + 2].isASCIILetter {
      let name = String(points[(position + 2)..<nameEnd(position + 2)]).inLowerCase
      emit(.end(name: name))
    }
    return close + 1
  }

  /// The name of `</name>`, with white space around it and nothing else.
  private func wholeEndTagName() -> String? {
    let start = skipWhiteSpace(position + 2)
    guard start < points.count, points[start].isASCIILetter else { return nil }
    let end =
      points[start...].firstIndex {
        !($0.isASCIILetter || $0.isASCIIDigit || "-.:_".unicodeScalars.contains($0))
      } ?? points.count
    let close = skipWhiteSpace(end)
    guard close < points.count, points[close] == ">" else { return nil }
    return String(points[start..<end]).inLowerCase
  }

  /// Where `</name>` of the element begins whose content is not HTML.
  func rawEnd(of element: String) -> Int? {
    var tokenizer = self
    for place in position..<points.count where points[place] == "<" {
      guard place + 1 < points.count, points[place + 1] == "/" else { continue }
      tokenizer.move(to: place)
      if tokenizer.wholeEndTagName() == element { return place }
    }
    return nil
  }
}
