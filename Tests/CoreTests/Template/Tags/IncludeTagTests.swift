import Testing

@testable import Core

@Suite struct IncludeTagTests {
  @Test(
    arguments: [
      ("{% include 'inc.html' %}", "[1&lt;b&gt;&amp;&#x27;&quot;x]"),
      ("{% include 'inc.html' with a=5 %}", "[5&lt;b&gt;&amp;&#x27;&quot;x]"),
      ("{% include 'inc.html' with a=5 only %}", "[5x]"),
      ("{% include 'inc.html' only %}", "[x]"),
      ("{% include 'inc.html' only with a=9 %}", "[9x]"),
      ("{% include nl %}", "[1&lt;b&gt;&amp;&#x27;&quot;x]"),
      ("{% include 'base.html' %}", "<AC|B1>\n"),
      (
        "{% extends 'base.html' %}{% block a %}{% include 'base.html' %}{% endblock %}",
        "<<AC|B1>\n|B1>\n"
      ),
      ("{% include 'tree.html' %}", "r(1)(2(3))"),
      ("{% block a %}{% include 'inc.html' %}{% endblock %}", "[1&lt;b&gt;&amp;&#x27;&quot;x]"),
      ("{% include 'a/../inc.html' %}", "[1&lt;b&gt;&amp;&#x27;&quot;x]"),
    ])
  func rendersAnotherTemplate(source: String, output: String) throws {
    #expect(try Sample.renderFiles(source) == output)
  }

  @Test(
    arguments: [
      (
        "{% include './base.html' %}",
        "AttributeError: 'NoneType' object has no attribute 'lstrip'"
      ),
      ("{% include 'nope.html' %}", "nope.html"),
      ("{% include missing %}", "No template names provided"),
      ("{% include n %}", "No template names provided"),
      ("{% include a %}", "TypeError: 'int' object is not iterable"),
      (
        "{% include 'inc.html' with %}",
        #""with" in 'include' tag needs at least one keyword argument."#
      ),
      (
        "{% include 'inc.html' with a %}",
        #""with" in 'include' tag needs at least one keyword argument."#
      ),
      ("{% include 'inc.html' foo %}", "Unknown argument for 'include' tag: 'foo'."),
      ("{% include 'inc.html' only only %}", "The 'only' option was specified more than once."),
      (
        "{% include %}",
        "'include' tag takes at least one argument: the name of the template to be included."
      ),
      ("{% include nl2 %}", "a, b"),
      ("{% include 'bad.html' %}", "Unexpected end of expression in if tag."),
      ("{% include 'inc.html' with a=1 b=2 c %}", "Unknown argument for 'include' tag: 'c'."),
      ("{% include dd %}", "one, two"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.messageWithFiles(source) == message)
  }
}
