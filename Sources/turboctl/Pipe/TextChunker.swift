/// Cuts a text that comes in bytes: never inside UTF-8, nor inside a character that goes on.
struct TextChunker {
  /// Behind what a cut may be.
  enum Boundary: String, CaseIterable {
    case char, word, line
  }

  /// The text is not UTF-8 from a byte on, counted from its start.
  struct Fault: Error, Equatable {
    let offset: Int
  }

  private let boundary: Boundary
  /// The bytes of a scalar that has not come whole.
  private var undecoded: [UInt8] = []
  private var held = ""
  /// Bytes before those that are not decoded.
  private var position = 0

  /// A word or a line that is longer is cut where a character ends.
  private static let longest = 1 << 16

  init(_ boundary: Boundary) { self.boundary = boundary }

  /// - Throws: where the text is broken; what stands before that is held.
  mutating func append(_ bytes: [UInt8]) throws(Fault) {
    undecoded += bytes
    let (count, isBroken) = Self.decodable(undecoded)
    held += String(decoding: undecoded[..<count], as: UTF8.self)
    undecoded.removeSubrange(..<count)
    position += count
    if isBroken { throw Fault(offset: position) }
  }

  /// Takes what may be cut off now; the last character stays, since it may go on.
  mutating func take() -> String { take(upTo: cut(before: endOfWhole)) }

  /// Takes the last character too, which nothing has followed for a while.
  mutating func takeSettled() -> String { canSettle ? take(upTo: held.endIndex) : take() }

  /// Whether `takeSettled` takes more than `take`; never a character of which more is sure to come.
  var canSettle: Bool {
    guard boundary == .char, let last = held.last else { return false }
    return !last.goesOn
  }

  /// Where a scalar stands whose bytes have not all come; nil where there is none.
  var brokenEnd: Int? { undecoded.isEmpty ? nil : position }

  /// Takes what is left at the end of the text.
  mutating func takeAll() -> String { take(upTo: held.endIndex) }

  private mutating func take(upTo end: String.Index) -> String {
    let chunk = String(held[..<end])
    held = String(held[end...])
    return chunk
  }

  /// The end of the characters that are whole, whatever comes next.
  private var endOfWhole: String.Index {
    guard let last = held.last else { return held.endIndex }
    return last == "\n" || last == "\r\n" ? held.endIndex : held.index(before: held.endIndex)
  }

  private func cut(before end: String.Index) -> String.Index {
    let last: String.Index?
    switch boundary {
    case .char: return end
    case .word: last = held[..<end].lastIndex(where: \.isWhitespace)
    case .line: last = held[..<end].lastIndex(where: \.isNewline)
    }
    if let last { return held.index(after: last) }
    return held.utf8.count > Self.longest ? end : held.startIndex
  }

  /// How many bytes are whole scalars, and whether those that follow can never become one.
  private static func decodable(_ bytes: [UInt8]) -> (count: Int, isBroken: Bool) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return (bytes.count, false)
    } catch {
      let isTail = error.byteOffsets.upperBound == bytes.count
      return (error.byteOffsets.lowerBound, !(isTail && error.kind == .truncatedScalar))
    }
  }
}

extension Character {
  /// Whether it is the beginning of a longer one: half a flag, half a line end, a joiner at its end.
  fileprivate var goesOn: Bool {
    let isHalfFlag =
      unicodeScalars.count == 1
      && unicodeScalars.allSatisfy { (0x1F1E6...0x1F1FF).contains($0.value) }
    return isHalfFlag || self == "\r" || unicodeScalars.last == "\u{200D}"
  }
}
