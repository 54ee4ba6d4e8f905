import Testing

@testable import Core

@Suite struct TurboFrameTagTests {
  @Test(
    arguments: [
      (
        "{% turbo_frame 'f' %}x{{ b }}{% endturbo_frame %}",
        #"<turbo-frame id="f">x&lt;b&gt;&amp;&#x27;&quot;</turbo-frame>"#
      )
    ])
  func wrapsItsBody(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["turbo_helper"]) == output)
  }

  @Test(
    arguments: [
      (
        "{% turbo_frame %}{% endturbo_frame %}",
        "'turbo_frame' tag requires at least one argument to set the id"
      ),
      (
        "{% turbo_frame 'f' x %}{% endturbo_frame %}",
        "'turbo_frame' received an invalid token: 'x'"
      ),
      (
        "{% turbo_frame 'f' %}",
        "Unclosed tag on line 1: 'turbo_frame'. Looking for one of: endturbo_frame."
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["turbo_helper"]) == message)
  }
}
