import Testing

@testable import Core

@Suite struct AutoescapeTagTests {
  @Test(
    arguments: [
      (
        "{% autoescape off %}{{ b }}{% endautoescape %}{{ b }}",
        #"<b>&'"&lt;b&gt;&amp;&#x27;&quot;"#
      ),
      ("{% autoescape off %}{% firstof b %}{% endautoescape %}", #"<b>&'""#),
      (#"{% autoescape off %}{% url 'msg' 'r' "a&b" %}{% endautoescape %}"#, "/chat/r/m/a&b/"),
    ])
  func escapesOnlyWhereItIsOn(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% autoescape %}{% endautoescape %}", "'autoescape' tag requires exactly one argument."),
      (
        "{% autoescape maybe %}{% endautoescape %}",
        "'autoescape' argument should be 'on' or 'off'"
      ),
      (
        "{% autoescape off %}",
        "Unclosed tag on line 1: 'autoescape'. Looking for one of: endautoescape."
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
