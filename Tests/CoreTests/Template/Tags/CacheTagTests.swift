import Testing

@testable import Core

@Suite struct CacheTagTests {
  @Test(
    arguments: [
      ("{% cache 500 x %}{{ a }}{% endcache %}", "1"),
      ("{% cache n x %}y{% endcache %}", "y"),
      ("{% cache 500 x a b %}y{% endcache %}", "y"),
      ("{% cache 500 x using='default' %}y{% endcache %}", "y"),
    ])
  func rendersItsBody(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["cache"]) == output)
  }

  @Test(
    arguments: [
      ("{% cache 500 %}{% endcache %}", "''cache'' tag requires at least 2 arguments."),
      ("{% cache s x %}{% endcache %}", #""cache" tag got a non-integer timeout value: 'abc'"#),
      (
        "{% cache 500 x using='nope' %}y{% endcache %}",
        "Invalid cache name specified for cache tag: 'nope'"
      ),
      (
        "{% cache missing x %}y{% endcache %}",
        #""cache" tag got a non-integer timeout value: ''"#
      ),
      ("{% cache 500 x %}", "Unclosed tag on line 1: 'cache'. Looking for one of: endcache."),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["cache"]) == message)
  }
}
