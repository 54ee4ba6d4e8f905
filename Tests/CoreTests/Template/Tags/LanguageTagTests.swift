import Testing

@testable import Core

@Suite struct LanguageTagTests {
  @Test(
    arguments: [
      ("{% language 'de' %}{% get_current_language as l %}{{ l }}{% endlanguage %}", "de"),
      ("{% language 'he' %}{% get_current_language_bidi as l %}{{ l }}{% endlanguage %}", "True"),
    ])
  func changesTheCurrentLanguage(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["i18n"]) == output)
  }

  @Test(
    arguments: [
      ("{% language %}{% endlanguage %}", "'language' takes one argument (language)")
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["i18n"]) == message)
  }
}
