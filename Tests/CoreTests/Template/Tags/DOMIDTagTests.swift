import Testing

@testable import Core

@Suite struct DOMIDTagTests {
  @Test(
    arguments: [
      ("{% dom_id a as q %}[{{ q }}]", "[1]"),
      ("{% dom_id b as q %}[{{ q }}]", "[&lt;b&gt;&amp;&#x27;&quot;]"),
      ("{% dom_id s missing %}", "abc"),
    ])
  func identifiesValues(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["turbo_helper"]) == output)
  }

  @Test(
    arguments: [
      ("{% dom_id %}", "'dom_id' did not receive value(s) for the argument(s): 'instance'"),
      ("{% dom_id a b x %}", "'dom_id' received too many positional arguments"),
      ("{% dom_id a foo=1 %}", "'dom_id' received unexpected keyword argument 'foo'"),
      (
        "{% dom_id prefix='x' a %}",
        "'dom_id' received some positional argument(s) after some keyword argument(s)"
      ),
      (
        "{% dom_id prefix='x' prefix='y' %}",
        "'dom_id' received multiple values for keyword argument 'prefix'"
      ),
      (
        "{% dom_id s instance=a %}",
        "TypeError: dom_id() got multiple values for argument 'instance'"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["turbo_helper"]) == message)
  }
}
