import Testing

@testable import Core

struct StreamElementTests {
  @Test(arguments: [
    (
      StreamElement(action: "update", target: .id("chat-1-message-list"), content: "Hello World"),
      #"<turbo-stream action="update" target="chat-1-message-list"><template>Hello World</template></turbo-stream>"#
    ),
    (
      StreamElement(action: "remove", target: .selector(".a > b")),
      #"<turbo-stream action="remove" targets=".a &gt; b"></turbo-stream>"#
    ),
    (
      StreamElement(action: "refresh", attributes: [("request-id", "a\"b"), ("method", "morph")]),
      #"<turbo-stream action="refresh" request-id="a&quot;b" method="morph"></turbo-stream>"#
    ),
    (
      StreamElement(action: "append", target: .id("x'y&<z>"), content: ""),
      "<turbo-stream action=\"append\" target=\"x&#x27;y&amp;&lt;z&gt;\"><template></template></turbo-stream>"
    ),
    (
      StreamElement(action: "append", target: .id("x"), content: "<b>&amp;</b>"),
      #"<turbo-stream action="append" target="x"><template><b>&amp;</b></template></turbo-stream>"#
    ),
  ])
  func escapesAttributesAndNotTheContent(element: StreamElement, html: String) {
    #expect(element.html == html)
  }

  @Test(arguments: [
    ("", ""), ("plain ✓", "plain ✓"),
    (
      #"<a href="x">it's & more</a>"#,
      "&lt;a href=&quot;x&quot;&gt;it&#x27;s &amp; more&lt;/a&gt;"
    ),
  ])
  func escapesAsDjangoDoes(text: String, escaped: String) {
    #expect(text.htmlEscaped == escaped)
  }

  @Test func onlyRemoveAndRefreshHaveNoContent() {
    #expect(StreamAction.allCases.filter { !$0.hasContent } == [.remove, .refresh])
    #expect(StreamAction.allCases.filter { !$0.needsTarget } == [.refresh])
  }
}
