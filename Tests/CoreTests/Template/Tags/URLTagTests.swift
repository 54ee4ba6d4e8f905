import Testing

@testable import Core

@Suite struct URLTagTests {
  @Test(
    arguments: [
      ("{% url 'home' %}", "/"),
      ("{% url 'chat' 5 %}", "/chat/5/"),
      ("{% url 'chat' pk=a %}", "/chat/1/"),
      ("{% url 'nope' as u %}[{{ u }}]", "[]"),
      ("{% url 'chat' 5 as u %}[{{ u }}]", "[/chat/5/]"),
      ("{% url 'msg' 'r-1' 'bob & co' %}", "/chat/r-1/m/bob%20&amp;%20co/"),
      ("{% url 'msg' room='r' who=b %}", "/chat/r/m/%3Cb%3E&amp;&#x27;%22/"),
      (#"{% autoescape off %}{% url 'msg' 'r' "a&b" %}{% endautoescape %}"#, "/chat/r/m/a&b/"),
      (#"{% url 'msg' 'r' "a&b'<é" %}"#, "/chat/r/m/a&amp;b&#x27;%3C%C3%A9/"),
    ])
  func reversesTheConfiguredPatterns(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      (
        "{% url 'nope' %}",
        "Reverse for 'nope' not found. 'nope' is not a valid view function or pattern name."
      ),
      (
        "{% url 'chat' a pk=3 %}",
        "ValueError: Don't mix *args and **kwargs in call to reverse()!"
      ),
      ("{% url %}", "'url' takes at least one argument, a URL pattern name."),
      (
        "{% url missing %}",
        "Reverse for '' not found. '' is not a valid view function or pattern name."
      ),
      ("{% url 'ns:chat' 5 %}", "'ns' is not a registered namespace"),
      (
        "{% url s %}",
        "Reverse for 'abc' not found. 'abc' is not a valid view function or pattern name."
      ),
      (
        "{% url chat 5 %}",
        "Reverse for '' not found. '' is not a valid view function or pattern name."
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
