import Testing

@testable import Core

/// The library `turbo_response`, which leaves attributes unescaped.
@Suite struct TurboResponseTests {
  @Test(
    arguments: [
      (
        #"{% turbo_frame "f" data_x=b %}{{ b }}{% endturbo_frame %}"#,
        #"<turbo-frame id="f" data-x="<b>&'"">&lt;b&gt;&amp;&#x27;&quot;</turbo-frame>"#
      ),
      (
        #"{% turbo_stream "any" "t" %}x{% endturbo_stream %}"#,
        #"<turbo-stream action="any" target="t"><template>x</template></turbo-stream>"#
      ),
      (#"{% dom_id s "new" %}"#, "new_abc"),
    ])
  func rendersItsTags(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["turbo_response"]) == output)
  }
}
