import Testing

@testable import Core

@Suite struct VerbatimTagTests {
  @Test(
    arguments: [
      ("{% verbatim %}{{ a }}{% if %}{# x #}{% endverbatim %}", "{{ a }}{% if %}{# x #}"),
      ("{% verbatim x %}{% endverbatim %}{% endverbatim x %}", "{% endverbatim %}"),
    ])
  func leavesItsBodyAsItIs(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% verbatim %}", "Unclosed tag on line 1: 'verbatim'. Looking for one of: endverbatim.")
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
