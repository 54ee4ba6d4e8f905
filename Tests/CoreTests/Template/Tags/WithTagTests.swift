import Testing

@testable import Core

@Suite struct WithTagTests {
  @Test(
    arguments: [
      ("{% with a=5 c=a %}{{ a }}{{ c }}{% endwith %}{{ a }}", "511"),
      ("{% with a as z %}{{ z }}{% endwith %}", "1"),
      ("{% with a as z and b as y %}{{ z }}{{ y }}{% endwith %}", "1&lt;b&gt;&amp;&#x27;&quot;"),
      ("{% with a as z and %}{{ z }}{% endwith %}", "1"),
      ("{% with x=missing %}[{{ x }}]{% endwith %}", "[]"),
      ("{% with a=1 a=2 %}{{ a }}{% endwith %}", "2"),
    ])
  func namesValues(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% with %}{% endwith %}", "'with' expected at least one variable assignment"),
      ("{% with a %}{% endwith %}", "'with' expected at least one variable assignment"),
      ("{% with a=1 b %}{% endwith %}", "'with' received an invalid token: 'b'"),
      ("{% with a=1 %}", "Unclosed tag on line 1: 'with'. Looking for one of: endwith."),
      ("{% with a as z b as y %}{% endwith %}", "'with' received an invalid token: 'b'"),
      ("{% with = %}{% endwith %}", "'with' expected at least one variable assignment"),
      ("{% with a= %}{% endwith %}", "'with' expected at least one variable assignment"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
