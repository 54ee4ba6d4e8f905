import Testing

@testable import Core

@Suite struct LanguageInfoTagTests {
  @Test(
    arguments: [
      (
        "{% get_current_language as l %}{{ l }}{% get_current_language_bidi as b %}{{ b }}",
        "en-usFalse"
      ),
      ("{% get_language_info for 'en-xx' as l %}{{ l.code }}", "en"),
      ("{% get_language_info for 'zh-tw' as l %}{{ l.code }}", "zh-hant"),
    ])
  func knowsLanguages(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["i18n"]) == output)
  }

  @Test(
    arguments: [
      ("{% get_language_info for 'xx' as l %}", "KeyError: 'Unknown language code xx.'"),
      (
        "{% get_language_info 'de' as l %}",
        #"'get_language_info' requires 'for string as variable' (got ["'de'", 'as', 'l'])"#
      ),
      (
        "{% get_current_language l %}",
        "'get_current_language' requires 'as variable' (got ['get_current_language', 'l'])"
      ),
      ("{% get_language_info_list for a as l %}", "TypeError: 'int' object is not iterable"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["i18n"]) == message)
  }
}
