import Testing

@testable import turboctl

struct TextChunkerTests {
  /// Characters of one scalar and of several, of one byte and of four.
  private static let characters = [
    "a", "é", "e\u{301}", "日", "👩‍👩‍👧", "🇫🇷", "👍🏽", "\r\n", "\n", " ", "ก็", "각", "1️⃣", "क्षि", "\u{2028}",
    "👋",
  ]

  @Test(arguments: 0..<300)
  func everyCutIsBetweenCharactersAndNothingIsLost(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let boundary = try #require(TextChunker.Boundary.allCases.randomElement(using: &random))
    let count = Int.random(in: 1...60, using: &random)
    let text = (0..<count).compactMap { _ in Self.characters.randomElement(using: &random) }
      .joined()
    let bytes = Array(text.utf8)
    var chunker = TextChunker(boundary)
    var chunks: [String] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
      try chunker.append(Array(bytes[start..<end]))
      chunks.append(chunker.take())
      start = end
    }
    #expect(chunker.brokenEnd == nil)
    chunks.append(chunker.takeAll())
    #expect(chunks.joined().utf8.elementsEqual(bytes))
    let places = Set(text.indices.map { text.utf8.distance(from: text.startIndex, to: $0) })
    var place = 0
    for chunk in chunks.dropLast() where !chunk.isEmpty {
      place += chunk.utf8.count
      #expect(
        place == bytes.count || places.contains(place), "\(text.debugDescription) at \(place)")
      switch boundary {
      case .char: break
      case .word: #expect(chunk.last?.isWhitespace == true)
      case .line: #expect(chunk.last?.isNewline == true)
      }
    }
  }

  @Test(arguments: [
    ("ab", "a", "b"), ("ab\n", "ab\n", ""), ("a👍", "a", "👍"), ("a🇫", "a", ""),
    ("a👩\u{200D}", "a", ""),
    ("a\r", "a", ""), ("🇫🇷", "", "🇫🇷"),
  ])
  func theLastCharacterWaitsForWhatMayFollow(text: String, taken: String, settled: String) throws {
    var chunker = TextChunker(.char)
    try chunker.append(Array(text.utf8))
    #expect(chunker.take() == taken)
    #expect(chunker.canSettle == !settled.isEmpty)
    #expect(chunker.takeSettled() == settled)
    #expect(taken + settled + chunker.takeAll() == text)
  }

  @Test(arguments: [
    (TextChunker.Boundary.word, "one two", "one "), (.word, "one", ""),
    (.word, "one two ", "one two"),
    (.line, "one\ntwo", "one\n"), (.line, "one\n", "one\n"), (.line, "one two", ""),
  ])
  func wordsAndLinesAreNotCut(boundary: TextChunker.Boundary, text: String, taken: String) throws {
    var chunker = TextChunker(boundary)
    try chunker.append(Array(text.utf8))
    // A space at the end may still get a combining mark.
    #expect(chunker.take() == (boundary == .word && text.last == " " ? "one " : taken))
    #expect(!chunker.canSettle)
  }

  @Test func aLineWithoutEndIsCutBeforeItFillsTheMemory() throws {
    var chunker = TextChunker(.line)
    try chunker.append([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 17))
    #expect(chunker.take().utf8.count == 1 << 17 - 1)
  }

  @Test(arguments: [
    ([[0x61, 0xFF, 0x62]], "a", 1), ([[0x61, 0xE2, 0x82], [0x62]], "a", 1),
    ([[0xC3], [0xA9, 0xC0]], "é", 2), ([[0xED, 0xA0, 0x80]], "", 0),
  ])
  func brokenTextIsNamedByItsPlaceAndWhatCameBeforeIsKept(
    pieces: [[UInt8]], before: String, offset: Int
  ) {
    var chunker = TextChunker(.char)
    #expect(throws: TextChunker.Fault(offset: offset)) {
      for piece in pieces { try chunker.append(piece) }
    }
    #expect(chunker.takeAll() == before)
  }

  @Test func aTextThatEndsInsideACharacterIsBroken() throws {
    var chunker = TextChunker(.char)
    try chunker.append([0x61, 0xE2, 0x82])
    #expect(chunker.brokenEnd == 1)
  }
}

/// The same numbers on every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
