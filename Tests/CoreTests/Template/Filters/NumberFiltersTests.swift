import Testing

@testable import Core

struct NumberFiltersTests {
  static let integers: [FilterCase] = [
    (#"v|add:"2""#, #"{"v":4}"#, "6"),
    ("v|add:a", #"{"v":4.9,"a":"5"}"#, "9"),
    (#"v|add:"b""#, #"{"v":"a"}"#, "ab"),
    ("v|add:a", #"{"v":[1],"a":[2]}"#, "[1, 2]"),
    ("v|add:1", #"{"v":"x"}"#, ""),
    ("v|add:a", #"{"v":9223372036854775807,"a":1}"#, "9223372036854775808"),
    ("v|add:a", #"{"v":-10000000000000000000000,"a":10000000000000000000000}"#, "0"),
    ("v|add:a", #"{"v":10000000000000000000000,"a":"-1"}"#, "9999999999999999999999"),
    ("v|add:a", #"{"v":true,"a":"٣"}"#, "4"),
    (#"v|safe|add:"<""#, #"{"v":"<"}"#, "<<"),
    (#"v|add:"<""#, #"{"v":"<"}"#, "&lt;&lt;"),
    ("v|get_digit:1", #"{"v":123}"#, "3"),
    ("v|get_digit:3", #"{"v":123}"#, "1"),
    ("v|get_digit:4", #"{"v":123}"#, "0"),
    ("v|get_digit:0", #"{"v":123}"#, "123"),
    (#"v|get_digit:"x""#, #"{"v":123}"#, "123"),
    ("v|get_digit:1", #"{"v":"xyz"}"#, "xyz"),
    ("v|get_digit:2", #"{"v":10000000000000000000070}"#, "7"),
    ("v|divisibleby:3", #"{"v":21}"#, "True"),
    (#"v|divisibleby:"4""#, #"{"v":"21"}"#, "False"),
    ("v|divisibleby:a", #"{"v":70000000000000000000000,"a":10000000000000000000000}"#, "True"),
    ("v|divisibleby:-5", #"{"v":10}"#, "True"),
    ("v|divisibleby:2.9", #"{"v":4}"#, "True"),
  ]

  @Test(arguments: integers) func countsWithIntegers(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let floats: [FilterCase] = [
    ("v|floatformat", #"{"v":34.23234}"#, "34.2"),
    ("v|floatformat", #"{"v":34.0}"#, "34"),
    ("v|floatformat:3", #"{"v":34.0}"#, "34.000"),
    (#"v|floatformat:"-3""#, #"{"v":34.26}"#, "34.260"),
    ("v|floatformat:0", #"{"v":2.5}"#, "3"),
    ("v|floatformat:0", #"{"v":3.5}"#, "4"),
    ("v|floatformat:2", #"{"v":2.675}"#, "2.68"),
    ("v|floatformat:2", #"{"v":-0.001}"#, "0.00"),
    (#"v|floatformat:"2g""#, #"{"v":6666.6666}"#, "6,666.67"),
    (#"v|floatformat:"g""#, #"{"v":10000}"#, "10,000"),
    (#"v|floatformat:"2u""#, #"{"v":6666.6666}"#, "6666.67"),
    (#"v|floatformat:"2gu""#, #"{"v":6666.6666}"#, "6666.67"),
    ("v|floatformat:20", #"{"v":0.1}"#, "0.10000000000000000000"),
    ("v|floatformat:2", #"{"v":1e+16}"#, "10000000000000000.00"),
    ("v|floatformat", #"{"v":"1e3"}"#, "1000"),
    ("v|floatformat:2", #"{"v":" 1_0.55 "}"#, "10.55"),
    (#"v|floatformat:"x""#, #"{"v":1.5}"#, "1.5"),
    ("v|floatformat", #"{"v":"abc"}"#, ""),
    ("v|floatformat", #"{"v":""}"#, ""),
    ("v|floatformat", #"{"v":null}"#, ""),
    ("v|floatformat:2", #"{"v":true}"#, "1.00"),
    ("v|floatformat:2", #"{"v":10000000000000000000000}"#, "10000000000000000000000.00"),
    ("v|floatformat", #"{"v":"inf"}"#, "inf"),
    ("v|floatformat:1", #"{"v":"-Infinity"}"#, "-Infinity"),
    ("v|floatformat", #"{"v":"nan"}"#, "nan"),
    ("v|floatformat:3", #"{"v":"1e-250"}"#, "1e-250"),
    ("v|floatformat:3", #"{"v":"1E+300"}"#, "1E+300"),
    ("v|floatformat:-2", #"{"v":0.0}"#, "0"),
    ("v|floatformat:1", #"{"v":0.05}"#, "0.1"),
    (#"v|floatformat:"1.5""#, #"{"v":3.25}"#, "3.25"),
  ]

  @Test(arguments: floats) func formatsFloats(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let sizes: [FilterCase] = [
    ("v|filesizeformat", #"{"v":0}"#, "0\u{a0}bytes"),
    ("v|filesizeformat", #"{"v":1}"#, "1\u{a0}byte"),
    ("v|filesizeformat", #"{"v":-1}"#, "-1\u{a0}byte"),
    ("v|filesizeformat", #"{"v":1023}"#, "1023\u{a0}bytes"),
    ("v|filesizeformat", #"{"v":1024}"#, "1.0\u{a0}KB"),
    ("v|filesizeformat", #"{"v":2048}"#, "2.0\u{a0}KB"),
    ("v|filesizeformat", #"{"v":1536}"#, "1.5\u{a0}KB"),
    ("v|filesizeformat", #"{"v":10485759}"#, "10.0\u{a0}MB"),
    ("v|filesizeformat", #"{"v":1048576}"#, "1.0\u{a0}MB"),
    ("v|filesizeformat", #"{"v":1073741824}"#, "1.0\u{a0}GB"),
    ("v|filesizeformat", #"{"v":1099511627776}"#, "1.0\u{a0}TB"),
    ("v|filesizeformat", #"{"v":1125899906842624}"#, "1.0\u{a0}PB"),
    ("v|filesizeformat", #"{"v":2251799813685248000}"#, "2000.0\u{a0}PB"),
    ("v|filesizeformat", #"{"v":-5120}"#, "-5.0\u{a0}KB"),
    ("v|filesizeformat", #"{"v":123456789}"#, "117.7\u{a0}MB"),
    ("v|filesizeformat", #"{"v":10000000000000000000000}"#, "8881784.2\u{a0}PB"),
    ("v|filesizeformat", #"{"v":"1024"}"#, "1.0\u{a0}KB"),
    ("v|filesizeformat", #"{"v":"x"}"#, "0\u{a0}bytes"),
    ("v|filesizeformat", #"{"v":null}"#, "0\u{a0}bytes"),
    ("v|filesizeformat", #"{"v":[]}"#, "0\u{a0}bytes"),
    ("v|filesizeformat", #"{"v":2.9}"#, "2\u{a0}bytes"),
    ("v|filesizeformat", #"{"v":true}"#, "1\u{a0}byte"),
    ("v|filesizeformat", #"{"v":1e+300}"#, "8.8e+284\u{a0}PB"),
  ]

  @Test(arguments: sizes) func namesSizes(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let plurals: [FilterCase] = [
    ("v|pluralize", #"{"v":0}"#, "s"),
    ("v|pluralize", #"{"v":1}"#, ""),
    ("v|pluralize", #"{"v":2}"#, "s"),
    ("v|pluralize", #"{"v":"1"}"#, ""),
    ("v|pluralize", #"{"v":"x"}"#, ""),
    ("v|pluralize", #"{"v":1.0}"#, ""),
    ("v|pluralize", #"{"v":1.5}"#, "s"),
    ("v|pluralize", #"{"v":null}"#, ""),
    ("v|pluralize", #"{"v":[]}"#, "s"),
    ("v|pluralize", #"{"v":[1]}"#, ""),
    ("v|pluralize", #"{"v":""}"#, ""),
    ("v|pluralize", #"{"v":{"a":1}}"#, ""),
    ("v|pluralize", #"{"v":true}"#, ""),
    (#"v|pluralize:"es""#, #"{"v":2}"#, "es"),
    (#"v|pluralize:"y,ies""#, #"{"v":1}"#, "y"),
    (#"v|pluralize:"y,ies""#, #"{"v":3}"#, "ies"),
    (#"v|pluralize:"a,b,c""#, #"{"v":1}"#, ""),
  ]

  @Test(arguments: plurals) func addsPluralSuffixes(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let phones: [FilterCase] = [
    ("v|phone2numeric", #"{"v":"1-800-Collect zZ"}"#, "1-800-2655328 99"),
    ("v|phone2numeric", #"{"v":"été"}"#, "é8é"),
  ]

  @Test(arguments: phones) func dialsLetters(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    ("v|divisibleby:0", #"{"v":1}"#, "ZeroDivisionError"),
    (#"v|divisibleby:"x""#, #"{"v":1}"#, "ValueError"),
    ("v|divisibleby:1", #"{"v":null}"#, "TypeError"),
    ("v|get_digit:a", #"{"v":1,"a":null}"#, "TypeError"),
    ("v|get_digit:3", #"{"v":-12}"#, "ValueError"),
    (#"v|floatformat:"""#, #"{"v":1}"#, "IndexError"),
    ("v|floatformat:a", #"{"v":1,"a":null}"#, "TypeError"),
    ("v|pluralize:1", #"{"v":1}"#, "TypeError"),
    (
      "v|pluralize",
      #"{"v":10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000}"#,
      "OverflowError"
    ),
    ("v|phone2numeric", #"{"v":5}"#, "AttributeError"),
    (
      "v|filesizeformat",
      #"{"v":10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000}"#,
      "OverflowError"
    ),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
