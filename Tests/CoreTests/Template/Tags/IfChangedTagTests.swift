import Testing

@testable import Core

@Suite struct IfChangedTagTests {
  @Test(
    arguments: [
      ("{% for p in people %}{% ifchanged %}{{ p.g }}{% endifchanged %}{% endfor %}", "mf"),
      (
        "{% for p in people %}{% ifchanged p.g p.n %}{{ p.n }}{% endifchanged %}{% endfor %}",
        "ABC"
      ),
      ("{% ifchanged %}x{% endifchanged %}", "x"),
      ("{% ifchanged a %}x{% endifchanged %}", "x"),
      ("{% for i in l %}{% ifchanged %}{% cycle '' 'x' %}{% endifchanged %}{% endfor %}", "xx"),
    ])
  func rendersWhatChanged(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% ifchanged nope|x %}{% endifchanged %}", "Invalid filter: 'x'")
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
