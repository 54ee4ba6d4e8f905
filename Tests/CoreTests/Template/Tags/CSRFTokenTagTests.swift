import Testing

@testable import Core

@Suite struct CSRFTokenTagTests {
  @Test(
    arguments: [
      ("[{% csrf_token %}]", "[]"),
      ("{% with csrf_token='NOTPROVIDED' %}[{% csrf_token %}]{% endwith %}", "[]"),
      (
        "{% with csrf_token=s %}{% csrf_token %}{% endwith %}",
        #"<input type="hidden" name="csrfmiddlewaretoken" value="abc">"#
      ),
    ])
  func isEmptyWithoutARequest(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }
}
