import Testing

@testable import Core

@Suite struct FirstOfTagTests {
  @Test(
    arguments: [
      ("{% firstof n f a %}", "1"),
      ("{% firstof n f %}", ""),
      ("{% firstof n f '<d>' %}", "<d>"),
      ("{% firstof b %}", "&lt;b&gt;&amp;&#x27;&quot;"),
      ("{% firstof b|safe %}", #"<b>&'""#),
      ("{% firstof n b as q %}[{{ q }}]", "[&lt;b&gt;&amp;&#x27;&quot;]"),
      ("{% firstof n as q %}[{{ q }}]", "[]"),
      ("{% firstof missing l %}", "[1, 2, 3]"),
      ("{% autoescape off %}{% firstof b %}{% endautoescape %}", #"<b>&'""#),
      ("{% firstof x %}{% firstof six %}", "1.56.0"),
    ])
  func takesTheFirstTrueValue(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% firstof %}", "'firstof' statement requires at least one argument")
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
