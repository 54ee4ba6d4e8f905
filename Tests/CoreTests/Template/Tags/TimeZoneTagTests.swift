import Testing

@testable import Core

@Suite struct TimeZoneTagTests {
  @Test(
    arguments: [
      ("{% timezone n %}{% get_current_timezone as t %}{{ t }}{% endtimezone %}", "UTC"),
      ("{% localtime off %}x{% endlocaltime %}", "x"),
    ])
  func changesTheCurrentZone(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["tz"]) == output)
  }

  @Test(
    arguments: [
      (
        "{% timezone 'Nope/X' %}{% endtimezone %}",
        "ZoneInfoNotFoundError: 'No time zone found with key Nope/X'"
      ),
      ("{% timezone %}{% endtimezone %}", "'timezone' takes one argument (timezone)"),
      ("{% timezone a %}{% endtimezone %}", "ValueError: Invalid timezone: 1"),
      ("{% localtime foo %}x{% endlocaltime %}", "'localtime' argument should be 'on' or 'off'"),
      (
        "{% get_current_timezone t %}",
        "'get_current_timezone' requires 'as variable' (got ['get_current_timezone', 't'])"
      ),
      (
        "{% timezone missing %}{% endtimezone %}",
        "ValueError: ZoneInfo keys must be normalized relative paths, got: "
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["tz"]) == message)
  }
}
