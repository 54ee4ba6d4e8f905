import Glibc
import Testing

@testable import turboctl

/// Lines of a stream: all that have come, at once, and none in part.
struct LineReaderTests {
  private func texts(_ lines: [LineReader.Line]) -> [String] {
    lines.map { "\($0.number): \(String(decoding: $0.bytes, as: UTF8.self))" }
  }

  @Test(
    arguments: [
      ("", []), ("a", ["1: a"]), ("a\n", ["1: a"]), ("a\n\nb", ["1: a", "2: ", "3: b"]),
      ("\n", ["1: "]), ("é\n☃\n", ["1: é", "2: ☃"]),
    ] as [(String, [String])])
  func readsEveryLineOnce(text: String, expected: [String]) throws {
    let reader = LineReader(Input(bytes: Array(text.utf8)), origin: "memory", longest: 100)
    let lines = try reader.lines(limit: 10, budget: 100, waiting: true, watched: [])
    #expect(texts(lines) == expected)
    #expect(try reader.lines(limit: 10, budget: 100, waiting: true, watched: []).isEmpty)
    #expect(reader.position == text.utf8.count)
  }

  @Test func handsOutWhatHasComeAndWaitsForTheRest() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    defer { close(ends[0]) }
    let reader = LineReader(Input(descriptor: ends[0]), origin: "pipe", longest: 100)
    #expect(try reader.lines(limit: 10, budget: 100, waiting: false, watched: []).isEmpty)
    write(ends[1], "one\ntwo\nthr", 11)
    let first = try reader.lines(limit: 10, budget: 100, waiting: true, watched: [])
    #expect(texts(first) == ["1: one", "2: two"])
    #expect(try reader.lines(limit: 10, budget: 100, waiting: false, watched: []).isEmpty)
    write(ends[1], "ee\n", 3)
    close(ends[1])
    let rest = try reader.lines(limit: 10, budget: 100, waiting: true, watched: [])
    #expect(texts(rest) == ["3: three"])
  }

  @Test func stopsAtTheLimitAndTheBudget() throws {
    let reader = LineReader(Input(bytes: Array("1\n2\n345\n6\n".utf8)), origin: "m", longest: 9)
    #expect(try reader.lines(limit: 2, budget: 9, waiting: true, watched: []).count == 2)
    #expect(try reader.lines(limit: 9, budget: 3, waiting: true, watched: []).count == 1)
    #expect(try reader.lines(limit: 9, budget: 9, waiting: true, watched: []).count == 1)
  }

  @Test func aLineThatNeverEndsIsRefused() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    defer { for end in ends { close(end) } }
    write(ends[1], String(repeating: "x", count: 200), 200)
    let reader = LineReader(Input(descriptor: ends[0]), origin: "pipe", longest: 100)
    #expect(throws: SystemError.tooLarge) {
      try reader.lines(limit: 1, budget: 9, waiting: true, watched: [])
    }
  }
}
