/// A Python `str`: its length, indices and slices count code points, not characters.
typealias CodePoints = [Unicode.Scalar]

extension [Unicode.Scalar] {
  init(_ text: String) {
    self = Array(text.unicodeScalars)
  }

  init(_ text: Substring) {
    self = Array(text.unicodeScalars)
  }
}

extension String {
  init(_ points: some Sequence<Unicode.Scalar>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(points.underestimatedCount)
    for point in points { bytes.append(point) }
    self.init(decoding: bytes, as: UTF8.self)
  }

  /// The number of code points (Python's `len`).
  var length: Int { utf8.count { !UTF8.isContinuation($0) } }

  /// The text with every `part` replaced, compared by bytes (`str.replace`).
  ///
  /// An empty `part` matches before every code point and at the end.
  func replacing(_ part: String, by replacement: String) -> String {
    if part.isEmpty {
      return replacement + unicodeScalars.map { String($0) + replacement }.joined()
    }
    guard part.utf8.count == 1, let byte = part.utf8.first else {
      return parts(separatedBy: part).joined(separator: replacement)
    }
    guard utf8.contains(byte) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count + 16)
    let source = Array(utf8)
    var rest = source[...]
    while let place = rest.firstIndex(of: byte) {
      bytes += rest[..<place]
      bytes += replacement.utf8
      rest = rest[(place + 1)...]
    }
    return String(decoding: bytes + rest, as: UTF8.self)
  }

  /// The text cut at every `separator`, which is not empty (`str.split`).
  func parts(separatedBy separator: String) -> [String] {
    let bytes = Array(utf8)
    let separator = Array(separator.utf8)
    guard bytes.count >= separator.count else { return [self] }
    var parts: [String] = []
    var start = 0
    var index = 0
    while index + separator.count <= bytes.count {
      if bytes[index] == separator[0], bytes[index...].starts(with: separator) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }

  /// The words between white space (`str.split()`).
  var words: [String] {
    unicodeScalars.split(whereSeparator: \.isWhiteSpace).map { String($0) }
  }

  /// The text without white space at its ends (`str.strip()`).
  var stripped: String { stripped(\.isWhiteSpace) }

  /// The text without the code points at its ends that `matches` takes (`str.strip(…)`).
  func stripped(_ matches: (Unicode.Scalar) -> Bool) -> String {
    let points = unicodeScalars.drop(while: matches)
    guard let last = points.lastIndex(where: { !matches($0) }) else { return "" }
    return String(points[...last])
  }

  /// The text with `\r\n` and `\r` written as `\n` (`django/utils/text.py`, `normalize_newlines`).
  var withUnixNewlines: String {
    guard utf8.contains(UInt8(ascii: "\r")) else { return self }
    return replacing("\r\n", by: "\n").replacing("\r", by: "\n")
  }

  /// The lines, each without what ends it; an end of line at the end starts none.
  ///
  /// What ends a line is what `str.splitlines` takes, U+2028 and the separators of ASCII included.
  var lines: [String] {
    let points = CodePoints(self)
    return points.lineRanges.map { String(points[$0.lowerBound..<$0.end]) }
  }
}

extension [UInt8] {
  /// Appends a code point in UTF-8.
  mutating func append(_ point: Unicode.Scalar) {
    if point.isASCII { append(UInt8(point.value)) } else { append(contentsOf: point.utf8) }
  }
}

extension [Unicode.Scalar] {
  /// The range of each line with what ends it, and where its text ends (`str.splitlines(True)`).
  var lineRanges: [(lowerBound: Int, end: Int, upperBound: Int)] {
    var ranges: [(lowerBound: Int, end: Int, upperBound: Int)] = []
    var start = 0
    while start < count {
      let end = self[start...].firstIndex(where: \.isLineEnd) ?? count
      let isPair = end + 1 < count && self[end] == "\r" && self[end + 1] == "\n"
      let next = Swift.min(count, end + (isPair ? 2 : 1))
      ranges.append((start, end, next))
      start = next
    }
    return ranges
  }

  /// The first place at or after `start` where `part`, which is not empty, begins (`str.find`).
  func index(of part: CodePoints, from start: Int = 0) -> Int? {
    guard part.count <= count else { return nil }
    var index = start
    while index + part.count <= count {
      if self[index] == part[0], self[index..<index + part.count].elementsEqual(part) {
        return index
      }
      index += 1
    }
    return nil
  }
}

extension Unicode.Scalar {
  /// Whether `str.isspace` and a regular expression's `\s` take it.
  var isWhiteSpace: Bool {
    switch value {
    case 0x09...0x0d, 0x1c...0x20, 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f,
      0x205f, 0x3000:
      true
    default: false
    }
  }

  var isLineEnd: Bool {
    switch value {
    case 0x0a...0x0d, 0x1c...0x1e, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether a regular expression's `\w` takes it.
  var isWord: Bool {
    if isASCII { return isASCIILetter || isASCIIDigit || self == "_" }
    return isLetter || properties.numericType != nil
  }

  /// Whether it is a letter (`str.isalpha`).
  var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Whether `repr` writes it as it is (`str.isprintable`).
  var isPrintable: Bool {
    if isASCII { return (0x20..<0x7f).contains(value) }
    return switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  var isASCIIHexDigit: Bool {
    isASCIIDigit || ("a"..."f").contains(self) || ("A"..."F").contains(self)
  }

  /// The value of a decimal digit of any script.
  var decimalDigit: Int? {
    if isASCII { return isASCIIDigit ? Int(value - 0x30) : nil }
    return properties.numericType == .decimal ? properties.numericValue.map { Int($0) } : nil
  }
}
