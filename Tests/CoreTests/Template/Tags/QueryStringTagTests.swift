import Testing

@testable import Core

@Suite struct QueryStringTagTests {
  @Test(
    arguments: [
      ("{% querystring %}", ""), ("{% querystring a=1 b='x y&z' %}", "?a=1&amp;b=x+y%26z"),
      ("{% querystring a=None %}", ""), ("{% querystring p=l %}", "?p=1&amp;p=2&amp;p=3"),
      ("{% querystring dd one=5 %}", "?one=5&amp;two=2"),
      ("{% querystring dd one=None two=None %}", "?"),
      ("{% querystring dd as q %}{{ q|safe }}", "?one=1&two=2"),
    ])
  func changesParameters(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% querystring dd dd %}", "'querystring' received too many positional arguments"),
      (
        "{% querystring a=1 dd %}",
        "'querystring' received some positional argument(s) after some keyword argument(s)"
      ),
      (
        "{% querystring a=1 a=2 %}",
        "'querystring' received multiple values for keyword argument 'a'"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
