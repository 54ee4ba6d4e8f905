import Testing

@testable import Core

struct RepresentationTests {
  static let values: [FilterCase] = [
    ("v", #"{"v":null}"#, "None"),
    ("v", #"{"v":true}"#, "True"),
    ("v", #"{"v":6.0}"#, "6.0"),
    ("v", #"{"v":-0.0}"#, "-0.0"),
    ("v", #"{"v":1000000000000000.0}"#, "1000000000000000.0"),
    ("v", #"{"v":1e+16}"#, "10000000000000000"),
    ("v", #"{"v":1.5e+300}"#, "1.5e+300"),
    ("v", #"{"v":0.0001}"#, "0.0001"),
    ("v", #"{"v":1e-05}"#, "0.00001"),
    ("v", #"{"v":5e-324}"#, "5e-324"),
    ("v", #"{"v":1.2345678901234568e+17}"#, "123456789012345680"),
    ("v", #"{"v":10000000000000000000000}"#, "10000000000000000000000"),
    ("v", #"{"v":9223372036854775808}"#, "9223372036854775808"),
    ("v", #"{"v":"é<"}"#, "é&lt;"),
    (
      "v", #"{"v":[1.0,1e+16,1e-05,"a",null,true]}"#,
      "[1.0, 1e+16, 1e-05, &#x27;a&#x27;, None, True]"
    ),
    (
      "v", #"{"v":{"a":"it's","b":"\""}}"#,
      "{&#x27;a&#x27;: &quot;it&#x27;s&quot;, &#x27;b&#x27;: &#x27;&quot;&#x27;}"
    ),
    (
      "v", "{\"v\":[\"\\n\\t\\r\\\\\\u001b\u{7f}\u{85}\u{ad}\u{200b}\u{e0001}é😀\",\"'\\\"\"]}",
      #"[&#x27;\n\t\r\\\x1b\x7f\x85\xad\u200b\U000e0001é😀&#x27;, &#x27;\&#x27;&quot;&#x27;]"#
    ),
    ("v", #"{"v":[]}"#, "[]"),
    ("v", #"{"v":{}}"#, "{}"),
    ("v", #"{"v":[[{}]]}"#, "[[{}]]"),
  ]

  @Test(arguments: values) func printsAsPython(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let printed: [FilterCase] = [
    ("v|pprint|safe", #"{"v":{"b":1,"a":2}}"#, "{'a': 2, 'b': 1}"),
    ("v|pprint|safe", #"{"v":"short"}"#, "'short'"),
    ("v|pprint|safe", #"{"v":"a\nba\nba\nb"}"#, #"'a\nba\nba\nb'"#),
    (
      "v|pprint|safe",
      #"{"v":"word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word "}"#,
      "('word word word word word word word word word word word word word word word '\n 'word word word word word word word word word word word word word word word ')"
    ),
    (
      "v|pprint|safe",
      #"{"v":["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]}"#,
      "['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']"
    ),
    (
      "v|pprint|safe",
      #"{"v":{"key":["yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy","zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"],"a":{"n":"w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w "}}}"#,
      "{'a': {'n': 'w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w w '\n            'w w w w w w w w w w w w w w w w w '},\n 'key': ['yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',\n         'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz']}"
    ),
    (
      "v|pprint|safe",
      #"{"v":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}"#,
      "[1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1,\n 1]"
    ),
    ("v|pprint|safe", #"{"v":""}"#, "''"),
    (
      "v|pprint|safe",
      #"{"v":{"k":"line one\nline two is much longer than the first line one\nline two is much longer than the first line one\nline two is much longer than the first "}}"#,
      "{'k': 'line one\\n'\n      'line two is much longer than the first line one\\n'\n      'line two is much longer than the first line one\\n'\n      'line two is much longer than the first '}"
    ),
  ]

  @Test(arguments: printed) func prettyPrints(_ test: FilterCase) throws {
    try expectOutput(test)
  }
}
