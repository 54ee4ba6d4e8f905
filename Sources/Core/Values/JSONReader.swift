/// Reads one JSON text, as strictly as RFC 8259 has it.
///
/// Stricter than Python's `json.loads` where leniency would break a consumer: no NaN, no infinity,
/// no lone surrogate. A repeated key keeps its first place and its last value (`json/decoder.py`).
package struct JSONReader {
  /// How many arrays and objects may be open at once: what Python's msgpack reads.
  package static let depthLimit = 1024
  /// Python refuses to convert an integer of more digits (`sys.get_int_max_str_digits`).
  private static let digitLimit = 4300

  private let bytes: [UInt8]
  private let isASCII: Bool
  private var cursor = 0
  private var depth = 0

  private init(_ bytes: [UInt8], isASCII: Bool) {
    self.bytes = bytes
    self.isASCII = isASCII
  }

  /// Reads a whole text: one value, and nothing but white space around it.
  package static func read(_ bytes: [UInt8]) throws(JSONError) -> Value {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      throw JSONError(reason: .byteOrderMark, offset: 0)
    }
    let isASCII: Bool
    do {
      isASCII = try UTF8Span(validating: bytes.span).isKnownASCII
    } catch {
      throw JSONError(reason: .invalidUTF8, offset: error.byteOffsets.lowerBound)
    }
    var reader = JSONReader(bytes, isASCII: isASCII)
    reader.skipWhiteSpace()
    guard reader.cursor < bytes.count else {
      throw JSONError(reason: .empty, offset: reader.cursor)
    }
    let value = try reader.value()
    guard reader.cursor == bytes.count else { throw reader.failure(.trailingText) }
    return value
  }

  /// Reads a value and the white space after it.
  private mutating func value() throws(JSONError) -> Value {
    let value: Value =
      switch next {
      case UInt8(ascii: "{"): try object()
      case UInt8(ascii: "["): try array()
      case UInt8(ascii: "\""): .string(try string())
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
      case UInt8(ascii: "t"): try word("true", .bool(true))
      case UInt8(ascii: "f"): try word("false", .bool(false))
      case UInt8(ascii: "n"): try word("null", .null)
      default: throw failure(.expectedValue)
      }
    skipWhiteSpace()
    return value
  }

  private mutating func object() throws(JSONError) -> Value {
    try open()
    var object = Object(capacity: next == UInt8(ascii: "}") ? 0 : 4)
    if !skip("}") {
      repeat {
        guard next == UInt8(ascii: "\"") else { throw failure(.expectedKey) }
        let key = try string()
        skipWhiteSpace()
        guard skip(":") else { throw failure(.expectedColon) }
        object[key] = try value()
      } while skip(",")
      guard skip("}") else { throw failure(.expectedComma) }
    }
    depth -= 1
    return .object(object)
  }

  private mutating func array() throws(JSONError) -> Value {
    try open()
    var elements: [Value] = []
    if !skip("]") {
      repeat { elements.append(try value()) } while skip(",")
      guard skip("]") else { throw failure(.expectedComma) }
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func word(_ word: String, _ value: Value) throws(JSONError) -> Value {
    guard bytes[cursor...].starts(with: word.utf8) else { throw failure(.expectedValue) }
    cursor += word.utf8.count
    return value
  }
}

// MARK: Numbers

extension JSONReader {
  private mutating func number() throws(JSONError) -> Value {
    let start = cursor
    var isInteger = true
    if next == UInt8(ascii: "-") { cursor += 1 }
    if next == UInt8(ascii: "0") { cursor += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      isInteger = false
      cursor += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      isInteger = false
      cursor += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { cursor += 1 }
      try digits()
    }
    // A digit here follows a leading zero.
    if isDigit(next) { throw failure(.invalidNumber) }
    let literal = String(decoding: bytes[start..<cursor], as: UTF8.self)
    if isInteger, let integer = Int(literal) { return .integer(integer) }
    if isInteger, literal.utf8.count(where: isDigit) <= Self.digitLimit {
      return .bigInteger(literal)
    }
    guard !isInteger, let double = Double(literal), double.isFinite else {
      throw JSONError(reason: .numberOutOfRange, offset: start)
    }
    return .double(double)
  }

  /// Skips one digit or more.
  private mutating func digits() throws(JSONError) {
    guard isDigit(next) else { throw failure(.invalidNumber) }
    while isDigit(next) { cursor += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}

// MARK: Strings

extension JSONReader {
  private mutating func string() throws(JSONError) -> String {
    cursor += 1
    let start = cursor
    cursor = plainEnd
    if next == UInt8(ascii: "\"") {
      defer { cursor += 1 }
      // The whole was validated, and a part that ends at quotation marks is as valid.
      let part = bytes.span.extracting(start..<cursor)
      return unsafe String(copying: UTF8Span(unchecked: part, isKnownASCII: isASCII))
    }
    var text: [UInt8] = []
    text.reserveCapacity(min(bytes.count - start, 1024))
    text += bytes[start..<cursor]
    while next == UInt8(ascii: "\\") {
      text += try escape().utf8
      let run = cursor
      cursor = plainEnd
      text += bytes[run..<cursor]
    }
    guard next == UInt8(ascii: "\"") else { throw failure(.controlCharacter) }
    cursor += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Where what stands in a string for itself ends.
  private var plainEnd: Int {
    let bytes = bytes.span
    var place = cursor
    // Eight at a time: the lowest bit set is that of the first byte which ends the run.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = ones &* UInt64(UInt8(ascii: "\""))
    let backslashes = ones &* UInt64(UInt8(ascii: "\\"))
    let (spaces, highest) = (ones &* 0x20, ones &* 0x80)
    while place &+ 8 <= bytes.count {
      let word = unsafe UInt64(
        littleEndian: bytes.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: place, as: UInt64.self))
      let (quote, backslash) = (word ^ quotes, word ^ backslashes)
      let ends =
        highest
        & ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- spaces) & ~word)
      guard ends == 0 else { return place &+ ends.trailingZeroBitCount / 8 }
      place &+= 8
    }
    while place < bytes.count {
      let byte = bytes[place]
      guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
      place += 1
    }
    return place
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    cursor += 1
    let scalar: Unicode.Scalar
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(next)
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{c}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure(.invalidEscape)
    }
    cursor += 1
    return scalar
  }

  /// Reads `uXXXX`, and the second half where it is the first of a surrogate pair.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let start = cursor - 1
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard UTF16.isLeadSurrogate(unit), bytes[cursor...].starts(with: "\\u".utf8) else {
      throw JSONError(reason: .loneSurrogate, offset: start)
    }
    cursor += 1
    let low = try codeUnit()
    let pair = 0x10000 + (UInt32(unit) & 0x3ff) << 10 + UInt32(low) & 0x3ff
    guard UTF16.isTrailSurrogate(low), let scalar = Unicode.Scalar(pair) else {
      throw JSONError(reason: .loneSurrogate, offset: start)
    }
    return scalar
  }

  private mutating func codeUnit() throws(JSONError) -> UInt16 {
    cursor += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
        throw failure(.invalidEscape)
      }
      unit = unit << 4 | UInt16(digit)
      cursor += 1
    }
    return unit
  }
}

// MARK: Cursor

extension JSONReader {
  /// The byte at the cursor; at the end a NUL, which JSON has nowhere.
  private var next: UInt8 {
    cursor < bytes.count ? bytes[cursor] : 0
  }

  /// Enters an array or object, behind its bracket.
  private mutating func open() throws(JSONError) {
    guard depth < Self.depthLimit else { throw failure(.tooDeep) }
    depth += 1
    cursor += 1
    skipWhiteSpace()
  }

  /// Skips `character` and the white space after it, where it is next.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    cursor += 1
    skipWhiteSpace()
    return true
  }

  private mutating func skipWhiteSpace() {
    while next.isJSONSpace { cursor += 1 }
  }

  private func failure(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason: cursor < bytes.count ? reason : .unexpectedEnd, offset: cursor)
  }
}

extension UInt8 {
  package var isJSONSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}
