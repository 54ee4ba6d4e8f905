import Testing

@testable import Core

@Suite struct BlockTagTests {
  @Test(
    arguments: [
      ("{% block a %}x{% endblock %}", "x"),
      ("{% block a %}x{% endblock a %}", "x"),
      ("{% block a %}{{ block.name }}{{ block.nope }}{% endblock %}", "a"),
      ("{% block a %}{% block b %}x{% endblock %}{% endblock %}", "x"),
    ])
  func rendersItsBody(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% block %}{% endblock %}", "'block' tag takes only one argument"),
      ("{% block a b %}{% endblock %}", "'block' tag takes only one argument"),
      (
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "'block' tag with name 'a' appears more than once"
      ),
      ("{% block a %}", "Unclosed tag on line 1: 'block'. Looking for one of: endblock."),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
