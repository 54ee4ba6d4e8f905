import Testing

@testable import Core

struct ZoneTests {
  /// Moments around changes of the clocks, and what Python's zoneinfo makes of them.
  static let periods: [(zone: String, seconds: Int, text: String, name: String)] = [
    ("Europe/Paris", 1_711_846_799, "2024-03-31T01:59:59+01:00", "CET"),
    ("Europe/Paris", 1_711_846_800, "2024-03-31T03:00:00+02:00", "CEST"),
    ("Europe/Paris", 1_729_990_800, "2024-10-27T02:00:00+01:00", "CET"),
    ("Europe/Paris", 3_792_873_600, "2090-03-11T01:00:00+01:00", "CET"),
    ("Europe/Paris", 3_800_000_000, "2090-06-01T13:33:20+02:00", "CEST"),
    ("Europe/Paris", -3_000_000_000, "1874-12-07T18:49:21+00:09:21", "LMT"),
    ("America/Sao_Paulo", 1_700_000_000, "2023-11-14T19:13:20-03:00", "-03"),
    ("Australia/Lord_Howe", 2_700_000_000, "2055-07-24T10:30:00+10:30", "+1030"),
    ("Asia/Kolkata", 4_000_000_000, "2096-10-02T12:36:40+05:30", "IST"),
    ("Etc/GMT+5", 0, "1969-12-31T19:00:00-05:00", "-05"),
  ]

  @Test(arguments: periods) func followsTheDatabase(
    name: String, seconds: Int, text: String, abbreviation: String
  ) throws {
    let zone = try #require(Zone(named: name))
    let time = DateTime(microseconds: seconds * 1_000_000, in: zone)
    #expect(time.isoText() == text)
    #expect(time.period?.name == abbreviation)
    #expect(time.microseconds(naiveIn: .utc) == seconds * 1_000_000)
  }

  static let clocks: [(wall: String, isFolded: Bool, text: String, isClear: Bool)] = [
    ("2024-10-27T02:30", false, "2024-10-27T02:30:00+02:00", false),
    ("2024-10-27T02:30", true, "2024-10-27T02:30:00+01:00", false),
    ("2024-03-31T02:30", false, "2024-03-31T02:30:00+01:00", false),
    ("2024-03-31T02:30", true, "2024-03-31T02:30:00+02:00", false),
    ("2024-10-27T03:00", true, "2024-10-27T03:00:00+01:00", true),
    ("2024-10-27T01:59", true, "2024-10-27T01:59:00+02:00", true),
  ]

  @Test(arguments: clocks) func tellsAmbiguousAndSkippedTimes(
    wall: String, isFolded: Bool, text: String, isClear: Bool
  ) throws {
    let zone = try #require(Zone(named: "Europe/Paris"))
    guard case .dateTime(var time)? = Moment(isoText: wall) else {
      Issue.record("\(wall) is no time")
      return
    }
    time.zone = zone
    time.isFolded = isFolded
    #expect(time.isoText() == text)
    #expect(time.isAmbiguousOrImaginary(in: zone) != isClear)
  }

  static let others = [
    "", "..", "../etc/passwd", "/etc/localtime", "Europe//Paris", "Europe", "No/Such",
  ]

  @Test(arguments: others) func knowsNoOtherNames(name: String) {
    #expect(Zone(named: name) == nil)
  }

  @Test func asksTheEnvironmentFirst() {
    #expect(Zone.system(tz: "Asia/Tokyo").name == "Asia/Tokyo")
    #expect(Zone.system(tz: ":Asia/Tokyo").name == "Asia/Tokyo")
    #expect(Zone.system(tz: "Nowhere") == .utc)
    #expect(Zone.system(tz: nil) == Zone.system(tz: ""))
  }

  @Test func refusesBrokenFiles() {
    #expect(ZoneFile([]) == nil)
    #expect(ZoneFile(Array("TZif".utf8)) == nil)
    let empty = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)
    #expect(ZoneFile(empty + empty + Array("\nUTC0\n".utf8)) == nil)
    let endless = Array("TZif2".utf8) + [UInt8](repeating: 0xff, count: 39)
    #expect(ZoneFile(endless + endless) == nil)
  }

  static let rules: [(rule: String, seconds: Int, offset: Int?)] = [
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_711_846_799, 3600),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_711_846_800, 7200),
    ("<-03>3", 0, -10800), ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_704_067_200, 0),
    ("EST5EDT,J60,J300", 1_709_190_000, -18000), ("EST5EDT,59,299", 1_709_190_000, -14400),
    ("XXX-2:30:15", 0, 9015), ("<+11>-11<+12>,M10.1.0,M4.1.0/3", 1_704_067_200, 43200),
    ("", 0, nil), ("CET", 0, nil), ("CET-1CEST", 0, nil), ("CET-1CEST,M13.1.0,M1.1.0", 0, nil),
    ("CET-1CEST,M3.5.0", 0, nil), ("CET-1CEST,M3.5.0,M10.5.0/3,", 0, nil),
  ]

  @Test(arguments: rules) func followsRules(rule: String, seconds: Int, offset: Int?) {
    #expect(ZoneRule(rule)?.period(at: seconds).offset == offset)
  }
}
