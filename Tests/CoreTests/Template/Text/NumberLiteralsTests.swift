import Testing

@testable import Core

struct NumberLiteralsTests {
  static let integers: [(text: String, literal: String?)] = [
    ("5", "5"), (" -42\n", "-42"), ("+7", "7"), ("007", "7"), ("1_000", "1000"), ("٣", "3"),
    ("\u{a0}8\u{3000}", "8"), ("99999999999999999999", "99999999999999999999"), ("-0", "0"),
    ("", nil), ("-", nil), ("1__0", nil), ("_1", nil), ("1_", nil), ("1.0", nil), ("1e3", nil),
    ("0x1", nil), ("1 0", nil), ("é", nil), (String(repeating: "9", count: 4301), nil),
  ]

  @Test(arguments: integers) func readsIntegersAsInt(text: String, literal: String?) {
    #expect(BigInteger(pythonLiteral: text)?.description == literal)
  }

  static let floats: [(text: String, number: Double?)] = [
    ("1.5", 1.5), (" .5", 0.5), ("5.", 5), ("1e3", 1000), ("-1E-2", -0.01), ("1_0.0_1", 10.01),
    ("Infinity", .infinity), ("-inf", -.infinity), ("1e400", .infinity), ("٣.٥", 3.5),
    ("", nil), (".", nil), ("1e", nil), ("1_.5", nil), ("0x1p3", nil), ("nan1", nil), ("in", nil),
  ]

  @Test(arguments: floats) func readsFloatsAsFloat(text: String, number: Double?) {
    #expect(Double(pythonLiteral: text) == number)
  }

  @Test func readsNaN() {
    #expect(Double(pythonLiteral: "NaN")?.isNaN == true)
  }

  static let decimals: [(text: String, literal: DecimalLiteral?)] = [
    ("1.50", .finite(Decimal(isNegative: false, digits: [1, 5, 0], exponent: -2))),
    ("-1_2__e3", .finite(Decimal(isNegative: true, digits: [1, 2], exponent: 3))),
    ("00.0", .finite(Decimal(isNegative: false, digits: [0], exponent: -1))),
    ("-Infinity", .infinity(isNegative: true)), ("sNaN12", .nan(isPlain: false)),
    ("nan", .nan(isPlain: true)), ("1.2.3", nil), ("", nil), ("e5", nil), ("None", nil),
  ]

  @Test(arguments: decimals) func readsDecimalsAsDecimal(text: String, literal: DecimalLiteral?) {
    #expect(DecimalLiteral(text) == literal)
  }
}
