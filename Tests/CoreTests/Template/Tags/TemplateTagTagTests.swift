import Testing

@testable import Core

@Suite struct TemplateTagTagTests {
  @Test(
    arguments: [
      ("{% templatetag %}", "'templatetag' statement takes one argument")
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
