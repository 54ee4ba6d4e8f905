import Testing

@testable import Core

struct TimeZoneFiltersTests {
  static let zones: [FilterCase] = [
    ("v|utc", #"{"v":"2024-07-01T12:00:00+02:00"}"#, "July 1, 2024, 10 a.m."),
    ("v|localtime", #"{"v":"2024-07-01T12:00:00Z"}"#, "July 1, 2024, 2 p.m."),
    (
      #"v|timezone:"America/New_York"|date:"c T e""#, #"{"v":"2024-07-01T12:00:00Z"}"#,
      "2024-07-01T08:00:00-04:00 EDT EDT"
    ),
    (#"v|timezone:"Asia/Kolkata""#, #"{"v":"2024-07-01T12:00:00"}"#, "July 1, 2024, 3:30 p.m."),
    (
      #"v|timezone:"Australia/Lord_Howe"|date:"c I""#, #"{"v":"2090-01-01T00:00Z"}"#,
      "2090-01-01T11:00:00+11:00 1"
    ),
    (
      #"v|timezone:"Europe/Paris"|date:"c""#, #"{"v":"1880-01-01T00:00Z"}"#,
      "1880-01-01T00:09:21+00:09:21"
    ),
    (
      #"v|timezone:"Europe/Paris"|date:"c U""#, #"{"v":"2024-10-27T01:30Z"}"#,
      "2024-10-27T02:30:00+02:00 1729989000"
    ),
    (#"v|timezone:"Nowhere/Else""#, #"{"v":"2024-07-01T12:00Z"}"#, ""),
    (#"v|timezone:"Europe""#, #"{"v":"2024-07-01T12:00Z"}"#, ""),
    ("v|timezone:5", #"{"v":"2024-07-01T12:00Z"}"#, ""),
    (#"v|timezone:"../x""#, #"{"v":"no time"}"#, ""),
    ("v|utc", #"{"v":"no time"}"#, ""),
    ("v|utc", #"{"v":"2024-07-01"}"#, ""),
    (#"v|utc|time:"H""#, #"{"v":"2024-07-01T12:00:00+02:00"}"#, "10"),
    (
      "v|utc|pprint", #"{"v":"2024-07-01T12:00:00+02:00"}"#,
      "datetimeobject(2024, 7, 1, 10, 0, tzinfo=datetime.timezone.utc)"
    ),
    (
      #"v|timezone:"UTC"|pprint"#, #"{"v":"2024-07-01T12:00"}"#,
      "datetimeobject(2024, 7, 1, 10, 0, tzinfo=zoneinfo.ZoneInfo(key=&#x27;UTC&#x27;))"
    ),
    (
      "v|utc|json_script", #"{"v":"2024-07-01T12:00:00.123456+02:00"}"#,
      #"<script type="application/json">"2024-07-01T10:00:00.123Z"</script>"#
    ),
    (
      #"{% timezone "Asia/Tokyo" %}{{ v|localtime|date:"c" }}{{ v|date:"c" }}{{ a|utc }}{% endtimezone %}"#,
      #"{"v":"2024-07-01T12:00Z","a":"2024-07-01T12:00"}"#,
      "2024-07-01T21:00:00+09:002024-07-01T21:00:00+09:00July 1, 2024, 10 a.m."
    ),
    (
      #"{% localtime off %}{{ v|date:"c" }}{% endlocaltime %}"#,
      #"{"v":"2024-07-01T12:00+05:00"}"#, "2024-07-01T12:00:00+05:00"
    ),
  ]

  @Test(arguments: zones) func changesZones(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let numbers: [FilterCase] = [
    ("v|localize", #"{"v":1e+16}"#, "10000000000000000"),
    ("v|unlocalize", #"{"v":1e+16}"#, "1e+16"),
    ("v|localize", #"{"v":5}"#, "5"),
    ("v|unlocalize", #"{"v":null}"#, "None"),
    ("v|localize", #"{"v":"<"}"#, "&lt;"),
    ("v|utc|localize", #"{"v":"2024-07-01T12:00:00+02:00"}"#, "July 1, 2024, 10 a.m."),
    ("v|utc|unlocalize", #"{"v":"2024-07-01T12:00:00+02:00"}"#, "July 1, 2024, 10 a.m."),
    ("{% localize off %}{{ v }}{% endlocalize %}", #"{"v":1e+16}"#, "1e+16"),
  ]

  @Test(arguments: numbers) func localizes(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    (#"v|timezone:"""#, #"{"v":"2024-07-01T12:00Z"}"#, "ValueError"),
    (#"v|timezone:"../x""#, #"{"v":"2024-07-01T12:00Z"}"#, "ValueError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
