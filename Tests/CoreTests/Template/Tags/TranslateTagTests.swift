import Testing

@testable import Core

@Suite struct TranslateTagTests {
  @Test(
    arguments: [
      ("{% trans 'hello <b>' %}", "hello <b>"),
      ("{% trans b %}", "&lt;b&gt;&amp;&#x27;&quot;"),
      ("{% trans '100%' %}{% trans '100%%' %}{% trans '100%%' noop %}", "100%100%%100%"),
      ("{% trans 'x' as q %}[{{ q }}]", "[x]"),
      ("{% trans b as q %}[{{ q }}]", "[&lt;b&gt;&amp;&#x27;&quot;]"),
      ("{% trans 'x' context 'y' %}", "x"),
      ("{% trans missing %}", ""),
      (#"{% trans "it's" %}"#, "it's"),
      ("{% trans 'x'|upper %}", "X"),
      ("{% trans _('y%') %}", "y%"),
      ("{% trans s|upper %}", "ABC"),
      (#"{% trans 'a\\b' %}"#, #"a\b"#),
    ])
  func givesTheText(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["i18n"]) == output)
  }

  @Test(
    arguments: [
      ("{% trans %}", "'trans' takes at least one argument"),
      ("{% trans 'x' as %}", "No argument provided to the 'trans' tag for the as option."),
      (
        "{% trans 'x' context %}",
        "No argument provided to the 'trans' tag for the context option."
      ),
      (
        "{% trans 'x' context as %}",
        "Invalid argument 'as' provided to the 'trans' tag for the context option"
      ),
      ("{% trans 'x' noop noop %}", "The 'noop' option was specified more than once."),
      ("{% trans a %}", "AttributeError: 'int' object has no attribute 'replace'"),
      ("{% trans 5 %}", "AttributeError: 'int' object has no attribute 'replace'"),
      ("{% trans n %}", "AttributeError: 'NoneType' object has no attribute 'replace'"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["i18n"]) == message)
  }
}
