import Testing

@testable import Core

@Suite struct LocalizeTagTests {
  @Test(
    arguments: [
      (
        "{% localize off %}{{ x }}{{ e16 }}{% endlocalize %}{{ e16 }}",
        "1.51e+1610000000000000000"
      ),
      ("{% localize %}{{ x }}{% endlocalize %}", "1.5"),
    ])
  func turnsLocalizationOnAndOff(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["l10n"]) == output)
  }

  @Test(
    arguments: [
      ("{% localize maybe %}{% endlocalize %}", "'localize' argument should be 'on' or 'off'"),
      ("{% localize on off %}{% endlocalize %}", "'localize' argument should be 'on' or 'off'"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["l10n"]) == message)
  }
}
