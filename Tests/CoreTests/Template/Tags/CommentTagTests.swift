import Testing

@testable import Core

@Suite struct CommentTagTests {
  @Test(
    arguments: [
      ("{% comment %}{{ x }}{% nope %}{% endcomment %}y", "y"),
      (#"{% comment "n" %}a{% endcomment %}"#, ""),
    ])
  func rendersNothing(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% comment %}", "Unclosed tag on line 1: 'comment'. Looking for one of: endcomment.")
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
