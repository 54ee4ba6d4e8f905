/// What an HTML tokenizer finds.
enum HTMLToken: Equatable {
  /// Text between tags; its references are decoded if the tokenizer decodes them.
  case text(String)
  /// `<a href="">`, with its source; `isSelfClosed` is `<br/>`.
  case start(name: String, source: String, isSelfClosed: Bool)
  case end(name: String)
  /// `&name;`, where references are not decoded; it is given its semicolon where it has none.
  case reference(String)
}

/// Cuts HTML into tags and text as Python does, which is what decides where Django cuts
/// (`html/parser.py`, `HTMLParser`).
struct HTMLParser {
  enum Failure: Error, Equatable {
    /// `<![` with what is no marked section: Python's `AssertionError`.
    case unknownDeclaration
  }

  let points: CodePoints
  let decodesReferences: Bool
  private(set) var position = 0
  /// `script` or `style`, whose content has no tags but its own end.
  private(set) var rawElement: String?
  /// Tokens that were found along with the last one.
  private var pending: [HTMLToken] = []
  private var hasStopped = false

  init(_ points: CodePoints, decodesReferences: Bool) {
    self.points = points
    self.decodesReferences = decodesReferences
  }

  /// The next token of what can be cut without knowing that the text ends; then nil, `position`
  /// being where the rest begins (`feed`).
  mutating func next() throws(Failure) -> HTMLToken? {
    while pending.isEmpty, !hasStopped, position < points.count {
      hasStopped = !(try step(isAtEnd: false))
    }
    return pending.isEmpty ? nil : pending.removeFirst()
  }

  /// The tokens of the rest, which is text where it is no whole tag (`close`).
  mutating func rest() throws(Failure) -> [HTMLToken] {
    while position < points.count, try step(isAtEnd: true) {}
    if position < points.count, rawElement == nil { emitText(upTo: points.count) }
    defer { pending = [] }
    return pending
  }

  /// Cuts the text before the next tag or reference, and that; false where more has to be known.
  private mutating func step(isAtEnd: Bool) throws(Failure) -> Bool {
    guard let end = textEnd() else { return false }
    emitText(upTo: end)
    guard position < points.count else { return true }
    if points[position] == "<" { return try tag(isAtEnd: isAtEnd) }
    return peek(1) == "#" ? numericReference() : namedReference(isAtEnd: isAtEnd)
  }

  /// Where text from here on ends; nil where that cannot be told yet.
  private func textEnd() -> Int? {
    if let rawElement { return rawEnd(of: rawElement) }
    let rest = points[position...]
    guard decodesReferences else {
      return rest.firstIndex { $0 == "<" || $0 == "&" } ?? points.count
    }
    if let tag = rest.firstIndex(of: "<") { return tag }
    // A reference may be cut at the end of the text.
    let tail = points[max(position, points.count - 34)...]
    guard let ampersand = tail.lastIndex(of: "&") else { return points.count }
    return points[ampersand...].contains { $0.isWhiteSpace || $0 == ";" } ? points.count : nil
  }

  private mutating func emitText(upTo end: Int) {
    guard position < end else { return }
    let text = String(points[position..<end])
    pending.append(
      .text(decodesReferences && rawElement == nil ? text.withDecodedReferences : text))
    position = end
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < points.count ? points[position + distance] : nil
  }

  private func starts(with text: String) -> Bool {
    points[position...].starts(with: text.unicodeScalars)
  }
}

// MARK: References

extension HTMLParser {
  private mutating func numericReference() -> Bool {
    let isHexadecimal = peek(2) == "x" || peek(2) == "X"
    let start = position + (isHexadecimal ? 3 : 2)
    let end = points[min(start, points.count)...].firstIndex {
      isHexadecimal ? !$0.isASCIIHexDigit : !$0.isASCIIDigit
    }
    // The code point behind the digits has to be no hexadecimal digit either.
    guard let end, end > start, !points[end].isASCIIHexDigit else {
      if points[position...].contains(";") { emitText(upTo: position + 2) }
      return false
    }
    emitReference(upTo: end)
    return true
  }

  private mutating func namedReference(isAtEnd: Bool) -> Bool {
    if peek(1)?.isASCIILetter == true {
      let end = points[(position + 1)...].firstIndex {
        !($0.isASCIILetter || $0.isASCIIDigit || $0 == "-" || $0 == ".")
      }
      if let end = end ?? lastPunctuation() {
        emitReference(upTo: end)
        return true
      }
      // A lone `&x` at the end loses its ampersand.
      if isAtEnd, position + 2 == points.count { position += 1 }
      return false
    }
    guard position + 1 < points.count else { return false }
    emitText(upTo: position + 1)
    return true
  }

  /// A name may end in front of the last hyphen or point that it could have held.
  private func lastPunctuation() -> Int? {
    points[(position + 2)...].lastIndex { $0 == "-" || $0 == "." }
  }

  private mutating func emitReference(upTo end: Int) {
    pending.append(.reference(String(points[position..<end]) + ";"))
    position = points[end] == ";" ? end + 1 : end
  }
}

// MARK: Tags

extension HTMLParser {
  private mutating func tag(isAtEnd: Bool) throws(Failure) -> Bool {
    let end: Int?
    if peek(1)?.isASCIILetter == true {
      end = startTag()
    } else if starts(with: "</") {
      end = endTag()
    } else if starts(with: "<!--") {
      end = sequenceEnd(["--", ">"], from: position + 4)
    } else if starts(with: "<?") {
      end = index(of: ">", from: position + 2).map { $0 + 1 }
    } else if starts(with: "<!") {
      end = try declaration()
    } else if position + 1 < points.count {
      emitText(upTo: position + 1)
      return true
    } else {
      return false
    }
    if let end {
      position = end
    } else if isAtEnd {
      let behind = index(of: ">", from: position + 1).map { $0 + 1 }
      emitText(upTo: behind ?? index(of: "<", from: position + 1) ?? position + 1)
    } else {
      return false
    }
    return true
  }

  private func index(of point: Unicode.Scalar, from start: Int) -> Int? {
    guard start < points.count else { return nil }
    return points[start...].firstIndex(of: point)
  }

  /// The place behind the first `parts` that follow each other, white space between them aside.
  private func sequenceEnd(_ parts: [String], from start: Int) -> Int? {
    for place in start..<max(start, points.count)
    where points[place] == parts[0].unicodeScalars.first {
      var index = place
      let isComplete = parts.enumerated().allSatisfy { number, part in
        if number > 0 { index = skipWhiteSpace(index) }
        guard points[index...].starts(with: part.unicodeScalars) else { return false }
        index += part.length
        return true
      }
      if isComplete { return index }
    }
    return nil
  }

  func skipWhiteSpace(_ start: Int) -> Int {
    points[start...].firstIndex { !$0.isWhiteSpace } ?? points.count
  }

  private func declaration() throws(Failure) -> Int? {
    if starts(with: "<![") { return try markedSection() }
    return index(of: ">", from: position + 2).map { $0 + 1 }
  }

  /// `<![CDATA[…]]>` and the conditional `<![if …]>` of old office documents.
  private func markedSection() throws(Failure) -> Int? {
    let start = position + 3
    guard start < points.count else { return nil }
    guard points[start].isASCIILetter else { throw .unknownDeclaration }
    let end =
      points[start...].firstIndex {
        !($0.isASCIILetter || $0.isASCIIDigit || "-_.".unicodeScalars.contains($0))
      } ?? points.count
    guard skipWhiteSpace(end) < points.count else { return nil }
    switch String(points[start..<end]).inLowerCase {
    case "temp", "cdata", "ignore", "include", "rcdata":
      return sequenceEnd(["]", "]", ">"], from: start)
    case "if", "else", "endif": return sequenceEnd(["]", ">"], from: start)
    default: throw .unknownDeclaration
    }
  }

  mutating func emit(_ token: HTMLToken) {
    pending.append(token)
  }

  mutating func setRawElement(_ name: String?) {
    rawElement = name
  }

  mutating func move(to place: Int) {
    position = place
  }
}
