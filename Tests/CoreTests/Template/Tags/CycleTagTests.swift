import Testing

@testable import Core

@Suite struct CycleTagTests {
  @Test(
    arguments: [
      ("{% cycle 'a' 'b' %}", "a"),
      ("{% for i in l %}{% cycle 'a' 'b' %}{% endfor %}", "aba"),
      (
        "{% for i in l %}{% cycle 'a' b as q %}{{ q }}{% endfor %}{{ q }}",
        "aa&lt;b&gt;&amp;&#x27;&quot;&lt;b&gt;&amp;&#x27;&quot;aa"
      ),
      ("{% for i in l %}{% cycle 'a' 'b' as q silent %}{{ q }}{% endfor %}", "aba"),
      ("{% cycle 'a' 'b' as q %}{% cycle q %}{% cycle q %}{{ q }}", "abaa"),
      ("{% cycle 'a' 'b' as q silent x %}", "a"),
      ("{% for i in l %}{% cycle 'a' 'b' 'c' %}{% resetcycle %}{% endfor %}", "aaa"),
      ("{% cycle 'a' 'b' as q %}{% resetcycle q %}{% cycle q %}", "aa"),
      ("{% cycle a b n missing %}", "1"),
      ("{% cycle '<' b %}{% cycle q as z %}", "<"),
      ("{% for i in l %}{% ifchanged %}{% cycle '' 'x' %}{% endifchanged %}{% endfor %}", "xx"),
    ])
  func takesTheNextOfItsValues(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% cycle %}", "'cycle' tag requires at least two arguments"),
      ("{% cycle x %}", "No named cycles in template. 'x' is not defined"),
      ("{% cycle 'a' 'b' as q %}{% cycle z %}", "Named cycle 'z' does not exist"),
      (
        "{% cycle 'a' 'b' as q loud %}",
        "Only 'silent' flag is allowed after cycle's name, not 'loud'."
      ),
      ("{% cycle 'a' 'b' as q %}{% resetcycle z %}", "Named cycle 'z' does not exist."),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
