import Testing

@testable import Core

@Suite struct IfTagTests {
  @Test(
    arguments: [
      ("{% if a\n %}", "{% if a\n %}"),
      ("{% if a %}1{% elif b %}2{% else %}3{% endif %}", "1"),
      ("{% if n %}1{% elif b %}2{% else %}3{% endif %}", "2"),
      ("{% if n %}1{% elif n %}2{% else %}3{% endif %}", "3"),
      ("{% ifchanged %}x{% endifchanged %}", "x"),
      ("{% ifchanged a %}x{% endifchanged %}", "x"),
    ])
  func takesTheFirstTrueBranch(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% if a %}", "Unclosed tag on line 1: 'if'. Looking for one of: elif, else, endif."),
      ("{% if a %}{% else %}", "Unclosed tag on line 1: 'if'. Looking for one of: endif."),
      (
        "{% endif %}",
        "Invalid block tag on line 1: 'endif'. Did you forget to register or load this tag?"
      ),
      ("{% if %}{% endif %}", "Unexpected end of expression in if tag."),
      ("{% if a %}{% else x %}{% endif %}", #"Malformed template tag at line 1: "else x""#),
      ("{% if a %}{% elif %}{% endif %}", "Unexpected end of expression in if tag."),
      ("{% ifchanged nope|x %}{% endifchanged %}", "Invalid filter: 'x'"),
      (
        "{% ifequal a b %}",
        "Invalid block tag on line 1: 'ifequal'. Did you forget to register or load this tag?"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
