import Testing

@testable import Core

@Suite struct ResetCycleTagTests {
  @Test(
    arguments: [
      ("{% for i in l %}{% cycle 'a' 'b' 'c' %}{% resetcycle %}{% endfor %}", "aaa"),
      ("{% cycle 'a' 'b' as q %}{% resetcycle q %}{% cycle q %}", "aa"),
    ])
  func beginsTheCycleAgain(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% resetcycle %}", "No cycles in template."),
      ("{% resetcycle q %}", "Named cycle 'q' does not exist."),
      ("{% resetcycle a b %}", "'resetcycle' tag accepts at most one argument."),
      ("{% cycle 'a' 'b' as q %}{% resetcycle z %}", "Named cycle 'z' does not exist."),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
