import Testing

@testable import Core

@Suite struct StaticTagTests {
  @Test(
    arguments: [
      ("{% static 'a.css' %}", "/static/a.css"),
      ("{% static 'a b&c.css' %}", "/static/a%20b%26c.css"),
      ("{% static '/a.css' %}", "/static/a.css"),
      ("{% static \"a(b)'!*~\\\\c.css\" %}", "/static/a(b)&#x27;!*~/c.css"),
      ("{% static a %}|{% static n %}", "/static/1|/static/"),
      ("{% static 'a.css' as u %}[{{ u }}]", "[/static/a.css]"),
      ("{% static b as u %}[{{ u }}]", "[/static/%3Cb%3E%26&#x27;%22]"),
      ("{% static missing %}", "/static/"),
      ("{% get_static_prefix %}|{% get_media_prefix %}", "/static/|/"),
      ("{% get_static_prefix as p %}[{{ p }}]", "[/static/]"),
      ("{% static 'a' b c %}", "/static/a"),
      ("{% static 'x' as %}", "/static/x"),
    ])
  func joinsTheStaticURL(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["static"]) == output)
  }

  @Test(
    arguments: [
      ("{% static %}", "'static' takes at least one argument (path to file)"),
      ("{% get_static_prefix p %}", "First argument in 'get_static_prefix' must be 'as'"),
      ("{% get_static_prefix as %}", "IndexError: list index out of range"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["static"]) == message)
  }
}
