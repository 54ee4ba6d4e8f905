import Core
import Testing

struct ValueTests {
  static let distinct: [Value] = [
    .null, .bool(false), .bool(true), .integer(0), .integer(6), .double(6), .string("6"),
    .bigInteger("18446744073709551615"), .string("18446744073709551615"), .string(""),
    .string("\u{e9}"), .string("e\u{301}"), .binary([]), .binary([6]), .ext(type: 6, bytes: []),
    .ext(type: 7, bytes: []), .ext(type: 6, bytes: [1]), .array([]), .array([.null]), .object([:]),
    .object(["a": .null]),
  ]

  @Test func equalsOnlyItsOwnTypeAndContent() {
    for (row, left) in Self.distinct.enumerated() {
      for (column, right) in Self.distinct.enumerated() {
        #expect((left == right) == (row == column), "\(left) and \(right)")
      }
    }
  }

  @Test func accessorsAnswerForTheirOwnTypeAlone() {
    #expect(Value.string("a").string == "a")
    #expect(Value.null.string == nil)
    #expect(Value.object(["a": .null]).object == ["a": .null])
    #expect(Value.array([]).object == nil)
  }
}
