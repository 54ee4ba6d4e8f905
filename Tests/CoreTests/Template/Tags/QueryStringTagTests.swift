import Testing

@testable import Core

@Suite struct QueryStringTagTests {
  @Test(
    arguments: [
      "{% querystring e %}", "{% querystring e a=None %}", "{% querystring e as q %}{{ q }}",
    ])
  func isEmptyWithoutParameters(source: String) throws {
    #expect(try Sample.render(source) == "")
  }

  @Test(
    arguments: [
      ("{% querystring %}", "AttributeError: 'Context' object has no attribute 'request'"),
      ("{% querystring a=1 %}", "AttributeError: 'Context' object has no attribute 'request'"),
      ("{% querystring dd %}", "AttributeError: 'dict' object has no attribute 'urlencode'"),
      ("{% querystring s %}", "AttributeError: 'str' object has no attribute 'copy'"),
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
