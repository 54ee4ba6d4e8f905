import Testing

@testable import Core

struct DecimalTests {
  static let exact: [(number: Double, plain: String)] = [
    (0, "0"), (0.5, "0.5"), (-2.5, "-2.5"), (1e22, "10000000000000000000000"),
    (0.1, "0.1000000000000000055511151231257827021181583404541015625"),
  ]

  @Test(arguments: exact) func knowsEveryDigitOfADouble(number: Double, plain: String) {
    let decimal = Decimal(exactly: number)
    #expect(decimal.rounded(toExponent: min(decimal.exponent, 0), .halfUp).plain.hasPrefix(plain))
  }

  static let rounded: [(number: Double, exponent: Int, halfUp: String, halfEven: String)] = [
    (2.5, 0, "3", "2"), (3.5, 0, "4", "4"), (-2.5, 0, "-3", "-2"), (2.51, 0, "3", "3"),
    (0.05, -1, "0.1", "0.0"), (0.04, -1, "0.0", "0.0"), (9.99, -1, "10.0", "10.0"),
    (0.0001, -1, "0.0", "0.0"), (1.5, -3, "1.500", "1.500"), (125, 1, "130", "120"),
  ]

  @Test(arguments: rounded) func roundsTiesAsAsked(
    number: Double, exponent: Int, halfUp: String, halfEven: String
  ) {
    let decimal = Decimal(shortest: number)
    #expect(decimal.rounded(toExponent: exponent, .halfUp).plain == halfUp)
    #expect(decimal.rounded(toExponent: exponent, .halfEven).plain == halfEven)
  }

  @Test func keepsSoManyDigits() {
    #expect(Decimal(exactly: 9.996).rounded(toDigits: 3).plain == "10.0")
    #expect(Decimal(exactly: 1234).rounded(toDigits: 2).scientific(exponentDigits: 2) == "1.2e+03")
    #expect(Decimal(exactly: 0).rounded(toDigits: 3).scientific(exponentDigits: 2) == "0.00e+00")
  }
}
