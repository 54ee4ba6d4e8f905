import Testing

@testable import Core

@Suite struct NowTagTests {
  @Test(
    arguments: [
      ("{% now 'Y-m-d H:i:s' %}", "2023-11-14 22:13:20"), ("{% now 'Y' as y %}[{{ y }}]", "[2023]"),
      ("{% now \"DATE_FORMAT\" %}", "Nov. 14, 2023"),
    ])
  func writesTheTimeOfTheRendering(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test func followsTheCurrentZone() throws {
    let source = "{% timezone 'Asia/Tokyo' %}{% now 'H:i e' %}{% endtimezone %}"
    #expect(try Sample.render(source, libraries: ["tz"]) == "07:13 JST")
  }

  @Test(arguments: ["{% now %}", "{% now 'Y' 'm' %}", "{% now 'Y' as %}"])
  func takesOneFormat(source: String) {
    #expect(Sample.message(source) == "'now' statement takes one argument")
  }
}
