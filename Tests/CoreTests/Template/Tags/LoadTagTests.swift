import Testing

@testable import Core

@Suite struct LoadTagTests {
  @Test(
    arguments: [
      ("{% load trans from i18n %}{% trans 'x' %}", "x"),
      ("{% load i18n l10n tz static cache humanize %}", ""),
      ("{% load %}", ""),
    ])
  func bringsInTagsAndFilters(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% load nope from i18n %}", "'nope' is not a valid tag or filter in tag library 'i18n'"),
      (
        "{% load trans blocktrans from i18n %}{% translate 'x' %}",
        "Invalid block tag on line 1: 'translate'. Did you forget to register or load this tag?"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
