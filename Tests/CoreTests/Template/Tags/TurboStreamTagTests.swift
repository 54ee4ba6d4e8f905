import Testing

@testable import Core

@Suite struct TurboStreamTagTests {
  @Test(
    arguments: [
      (
        "{% turbo_stream_all 'update' '.x > y' %}x{% endturbo_stream_all %}",
        #"<turbo-stream action="update" targets=".x > y"><template>x</template></turbo-stream>"#
      ),
      (
        "{% turbo_stream 'remove' 't' %}{% endturbo_stream %}",
        #"<turbo-stream action="remove" target="t"><template></template></turbo-stream>"#
      ),
    ])
  func wrapsItsBodyInATemplate(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["turbo_helper"]) == output)
  }

  @Test(
    arguments: [
      (
        "{% turbo_stream 'nope' 't' %}x{% endturbo_stream %}",
        "AttributeError: 'TurboStream' object has no attribute 'nope'"
      ),
      (
        "{% turbo_stream 'append' %}x{% endturbo_stream %}",
        "'turbo_stream' tag requires two arguments, first is action, second is the target_id"
      ),
      (
        "{% turbo_stream 'append' 't' %}",
        "Unclosed tag on line 1: 'turbo_stream'. Looking for one of: endturbo_stream."
      ),
      (
        "{% turbo_stream a 't' %}x{% endturbo_stream %}",
        "AttributeError: 'TurboStream' object has no attribute '1'"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["turbo_helper"]) == message)
  }
}
