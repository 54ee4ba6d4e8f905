import Testing

@testable import Core

@Suite struct FilterTagTests {
  @Test(
    arguments: [
      ("{% filter upper %}abc{{ b }}{% endfilter %}", "ABC&LT;B&GT;&AMP;&#X27;&QUOT;"),
      ("{% filter upper|lower %}abC{% endfilter %}", "abc"),
      ("{% filter force_escape %}<{% endfilter %}", "&lt;"),
      ("{% filter cut:' ' %}a b{% endfilter %}", "ab"),
    ])
  func filtersItsBody(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      (
        "{% filter %}{% endfilter %}",
        "ValueError: not enough values to unpack (expected 2, got 1)"
      ),
      (
        "{% filter escape %}{% endfilter %}",
        #""filter escape" is not permitted.  Use the "autoescape" tag instead."#
      ),
      (
        "{% filter safe %}{% endfilter %}",
        #""filter safe" is not permitted.  Use the "autoescape" tag instead."#
      ),
      ("{% filter nope %}{% endfilter %}", "Invalid filter: 'nope'"),
      (
        "{% filter length %}abc{% endfilter %}",
        "TypeError: sequence item 0: expected str instance, int found"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
