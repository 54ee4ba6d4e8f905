import Testing

@testable import Core

@Suite struct SpacelessTagTests {
  @Test(
    arguments: [
      ("{% spaceless %} <a> \n <b> x </b> </a> {% endspaceless %}", "<a><b> x </b></a>"),
      ("{% spaceless %}<a> {{ b }} </a>{% endspaceless %}", "<a> &lt;b&gt;&amp;&#x27;&quot; </a>"),
      ("{% spaceless %}\u{a0}<a>\u{a0}\u{2003}<b>{% endspaceless %}", "<a><b>"),
    ])
  func removesSpaceBetweenTags(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      (
        "{% spaceless %}",
        "Unclosed tag on line 1: 'spaceless'. Looking for one of: endspaceless."
      )
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
