import Testing

@testable import Core

struct BigIntegerTests {
  static let literals = [
    "0", "7", "-7", "999999999", "1000000000", "-1000000001", "9223372036854775808",
    "-9223372036854775809", "100000000000000000000000000000000000000000000000001",
  ]

  @Test(arguments: literals) func writesWhatItReads(literal: String) {
    #expect(BigInteger(literal: literal).description == literal)
  }

  static let sums: [(left: String, right: String, sum: String)] = [
    ("0", "0", "0"), ("5", "-5", "0"), ("-5", "3", "-2"), ("3", "-5", "-2"), ("-3", "-5", "-8"),
    ("999999999", "1", "1000000000"), ("1000000000", "-1", "999999999"),
    ("9223372036854775807", "1", "9223372036854775808"),
    ("-100000000000000000000", "99999999999999999999", "-1"),
  ]

  @Test(arguments: sums) func adds(left: String, right: String, sum: String) {
    #expect((BigInteger(literal: left) + BigInteger(literal: right)).description == sum)
  }

  static let divisions: [(dividend: String, divisor: String, isMultiple: Bool)] = [
    ("0", "7", true), ("21", "-7", true), ("-22", "7", false), ("7", "21", false),
    ("1000000000000000000000", "1000000000", true), ("1000000000000000000001", "1000000000", false),
    ("700000000000000000000007", "100000000000000000000001", true),
  ]

  @Test(arguments: divisions) func knowsItsDivisors(
    dividend: String, divisor: String, isMultiple: Bool
  ) {
    let dividend = BigInteger(literal: dividend)
    #expect(dividend.isMultiple(of: BigInteger(literal: divisor)) == isMultiple)
  }

  static let floats: [(number: Double, literal: String)] = [
    (0.9, "0"), (-2.9, "-2"), (1e15, "1000000000000000"), (-0x1p63, "-9223372036854775808"),
    (1e23, "99999999999999991611392"), (0x1p100, "1267650600228229401496703205376"),
  ]

  @Test(arguments: floats) func truncatesFloats(number: Double, literal: String) {
    #expect(BigInteger(truncating: number).description == literal)
  }

  @Test func writesOtherRadices() {
    let integer = BigInteger(literal: "1180591620717411303424")
    #expect(integer.digits(radix: 16) == "400000000000000000")
    #expect(integer.digits(radix: 8) == "200000000000000000000000")
    #expect(BigInteger(0).digits(radix: 16) == "0")
  }

  @Test func comparesBySignAndSize() {
    let ordered = ["-10000000000", "-2", "-1", "0", "1", "2", "999999999", "1000000000"]
    let sorted = ordered.reversed().map(BigInteger.init(literal:)).sorted()
    #expect(sorted.map(\.description) == ordered)
  }
}
