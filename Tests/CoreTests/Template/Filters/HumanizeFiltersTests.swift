import Testing

@testable import Core

struct HumanizeFiltersTests {
  static let numbers: [FilterCase] = [
    ("v|apnumber", #"{"v":0}"#, "0"),
    ("v|apnumber", #"{"v":1}"#, "one"),
    ("v|apnumber", #"{"v":9}"#, "nine"),
    ("v|apnumber", #"{"v":10}"#, "10"),
    ("v|apnumber", #"{"v":"3"}"#, "three"),
    ("v|apnumber", #"{"v":"x"}"#, "x"),
    ("v|apnumber", #"{"v":null}"#, "None"),
    ("v|apnumber", #"{"v":2.9}"#, "two"),
    ("v|intcomma", #"{"v":100}"#, "100"),
    ("v|intcomma", #"{"v":1000}"#, "1,000"),
    ("v|intcomma", #"{"v":-1234567}"#, "-1,234,567"),
    ("v|intcomma", #"{"v":12345.678}"#, "12,345.678"),
    ("v|intcomma", #"{"v":1e+16}"#, "10,000,000,000,000,000"),
    ("v|intcomma", #"{"v":1e+300}"#, "1e+300"),
    ("v|intcomma", #"{"v":10000000000000000000000}"#, "10,000,000,000,000,000,000,000"),
    ("v|intcomma", #"{"v":"1234567"}"#, "1,234,567"),
    ("v|intcomma", #"{"v":"1234.5"}"#, "1,234.5"),
    ("v|intcomma", #"{"v":"-12345x"}"#, "-12,345x"),
    ("v|intcomma", #"{"v":"x"}"#, "x"),
    ("v|intcomma", #"{"v":null}"#, "None"),
    ("v|intcomma", #"{"v":true}"#, "1"),
    ("v|intcomma", #"{"v":[1]}"#, "[1]"),
    ("v|intcomma:a", #"{"v":"1234567.123","a":false}"#, "1,234,567.123"),
    ("v|intcomma:a", #"{"v":-100,"a":false}"#, "-100"),
    ("v|intcomma:a", #"{"v":12345678.5,"a":false}"#, "12,345,678.5"),
    ("v|intword", #"{"v":999999}"#, "999999"),
    ("v|intword", #"{"v":1000000}"#, "1.0 million"),
    ("v|intword", #"{"v":1250000}"#, "1.3 million"),
    ("v|intword", #"{"v":-1500000}"#, "-1.5 million"),
    ("v|intword", #"{"v":1999999}"#, "2.0 million"),
    ("v|intword", #"{"v":1000000000}"#, "1.0 billion"),
    ("v|intword", #"{"v":6000000000000000}"#, "6.0 quadrillion"),
    ("v|intword", #"{"v":1300000000000000000}"#, "1.3 quintillion"),
    ("v|intword", #"{"v":1000000000000000000000000000000000}"#, "1.0 decillion"),
    ("v|intword", #"{"v":1000000000000000000000000000000000000}"#, "0.0 googol"),
    ("v|intword", #"{"v":100000000000000000000000000000000000000000000000000}"#, "0.0 googol"),
    (
      "v|intword",
      #"{"v":10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000}"#,
      "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    ),
    ("v|intword", #"{"v":"1200000"}"#, "1.2 million"),
    ("v|intword", #"{"v":"x"}"#, "x"),
    ("v|intword", #"{"v":null}"#, "None"),
    ("v|intword", #"{"v":1000000.0}"#, "1.0 million"),
    ("v|ordinal", #"{"v":0}"#, "0th"),
    ("v|ordinal", #"{"v":1}"#, "1st"),
    ("v|ordinal", #"{"v":2}"#, "2nd"),
    ("v|ordinal", #"{"v":3}"#, "3rd"),
    ("v|ordinal", #"{"v":4}"#, "4th"),
    ("v|ordinal", #"{"v":11}"#, "11th"),
    ("v|ordinal", #"{"v":12}"#, "12th"),
    ("v|ordinal", #"{"v":13}"#, "13th"),
    ("v|ordinal", #"{"v":21}"#, "21st"),
    ("v|ordinal", #"{"v":102}"#, "102nd"),
    ("v|ordinal", #"{"v":111}"#, "111th"),
    ("v|ordinal", #"{"v":1011}"#, "1011th"),
    ("v|ordinal", #"{"v":-1}"#, "-1"),
    ("v|ordinal", #"{"v":"7"}"#, "7th"),
    ("v|ordinal", #"{"v":"x"}"#, "x"),
    ("v|ordinal", #"{"v":null}"#, "None"),
    ("v|ordinal", #"{"v":10000000000000000000003}"#, "10000000000000000000003rd"),
  ]

  @Test(arguments: numbers) func wordsNumbers(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let days: [FilterCase] = [
    ("v|naturalday", #"{"v":"2023-11-14"}"#, "today"),
    ("v|naturalday", #"{"v":"2023-11-15"}"#, "tomorrow"),
    ("v|naturalday", #"{"v":"2023-11-13"}"#, "yesterday"),
    ("v|naturalday", #"{"v":"2023-11-01"}"#, "Nov. 1, 2023"),
    ("v|naturalday", #"{"v":"2023-11-14T23:30:00Z"}"#, "tomorrow"),
    ("v|naturalday", #"{"v":"2023-11-14T22:59:00Z"}"#, "today"),
    ("v|naturalday", #"{"v":"2023-11-13T23:00:00"}"#, "yesterday"),
    ("v|naturalday", #"{"v":"x"}"#, "x"),
    (#"v|naturalday:"Y""#, #"{"v":"2020-01-01"}"#, "2020"),
    ("v|naturalday", #"{"v":5}"#, "5"),
  ]

  @Test(arguments: days) func wordsDays(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let spans: [FilterCase] = [
    ("v|naturaltime", #"{"v":"2023-11-14T22:13:20.1Z"}"#, "now"),
    ("v|naturaltime", #"{"v":"2023-11-14T22:13:19Z"}"#, "a second ago"),
    ("v|naturaltime", #"{"v":"2023-11-14T22:12:40Z"}"#, "40\u{a0}seconds ago"),
    ("v|naturaltime", #"{"v":"2023-11-14T22:12:20Z"}"#, "a minute ago"),
    ("v|naturaltime", #"{"v":"2023-11-14T22:00:00Z"}"#, "13\u{a0}minutes ago"),
    ("v|naturaltime", #"{"v":"2023-11-14T21:13:00Z"}"#, "an hour ago"),
    ("v|naturaltime", #"{"v":"2023-11-14T10:00:00Z"}"#, "12\u{a0}hours ago"),
    ("v|naturaltime", #"{"v":"2023-11-13T10:00:00Z"}"#, "1\u{a0}day, 12\u{a0}hours ago"),
    ("v|naturaltime", #"{"v":"2022-01-01T00:00:00Z"}"#, "1\u{a0}year, 10\u{a0}months ago"),
    ("v|naturaltime", #"{"v":"2023-11-14T22:13:22Z"}"#, "a second from now"),
    ("v|naturaltime", #"{"v":"2023-11-14T22:14:21Z"}"#, "a minute from now"),
    ("v|naturaltime", #"{"v":"2023-11-14T23:00:00Z"}"#, "46\u{a0}minutes from now"),
    ("v|naturaltime", #"{"v":"2023-11-14T23:13:30Z"}"#, "an hour from now"),
    ("v|naturaltime", #"{"v":"2023-11-15T22:13:00Z"}"#, "23\u{a0}hours from now"),
    ("v|naturaltime", #"{"v":"2024-11-15T22:14:00Z"}"#, "1\u{a0}year from now"),
    ("v|naturaltime", #"{"v":"2023-11-14T23:13:00"}"#, "20\u{a0}seconds ago"),
    ("v|naturaltime", #"{"v":"x"}"#, "x"),
    ("v|naturaltime", #"{"v":5}"#, "5"),
  ]

  @Test(arguments: spans) func wordsSpans(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    ("v|naturaltime", #"{"v":"2023-11-14"}"#, "AttributeError"),
    (#"v|naturalday:"H""#, #"{"v":"2020-01-01"}"#, "TypeError"),
    ("v|naturaltime", #"{"v":"2023-11-15"}"#, "AttributeError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
