extension String {
  /// The text with line breaks in place of spaces, so that no line is longer than `width` where
  /// words allow it (`django/utils/text.py`, `wrap`; `textwrap.py`, `_wrap_chunks`).
  func wrapped(width: Int) -> String {
    var wrapped: [String] = []
    for line in lines {
      let parts = Self.wrappedLine(CodePoints(line.withExpandedTabs), width: width)
      wrapped += parts.isEmpty ? [line] : parts
    }
    if utf8.last == UInt8(ascii: "\n") { wrapped.append("") }
    return wrapped.joined(separator: "\n")
  }

  private static func wrappedLine(_ line: CodePoints, width: Int) -> [String] {
    var lines: [String] = []
    var chunks = chunks(line)[...]
    while !chunks.isEmpty {
      // A break takes the place of white space, but for what the text begins with.
      if !lines.isEmpty, chunks.first?.isBlank == true { chunks.removeFirst() }
      var current: [ArraySlice<Unicode.Scalar>] = []
      var length = 0
      while let chunk = chunks.first, length + chunk.count <= width {
        current.append(chunk)
        length += chunk.count
        chunks.removeFirst()
      }
      // A word longer than a line gets a line of its own.
      if let chunk = chunks.first, chunk.count > width, current.isEmpty {
        current.append(chunk)
        chunks.removeFirst()
      }
      if current.last?.isBlank == true { current.removeLast() }
      if let first = current.first, let last = current.last {
        lines.append(String(line[first.startIndex..<last.endIndex]))
      }
    }
    return lines
  }

  /// The line cut before and behind each run of ASCII's white space.
  private static func chunks(_ line: CodePoints) -> [ArraySlice<Unicode.Scalar>] {
    var chunks: [ArraySlice<Unicode.Scalar>] = []
    var start = 0
    for index in line.indices.dropFirst()
    where line[index].isBreakingSpace != line[index - 1].isBreakingSpace {
      chunks.append(line[start..<index])
      start = index
    }
    if start < line.count { chunks.append(line[start...]) }
    return chunks
  }
}

extension ArraySlice<Unicode.Scalar> {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhiteSpace) }
}

extension Unicode.Scalar {
  fileprivate var isBreakingSpace: Bool { self == " " || (0x09...0x0d).contains(value) }
}
