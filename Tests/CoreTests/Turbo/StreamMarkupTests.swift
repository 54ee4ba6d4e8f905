import Testing

@testable import Core

struct StreamMarkupTests {
  @Test(arguments: [
    ("", []),
    ("plain <b>text</b> 1 < 2", []),
    (
      #"<turbo-stream action="append" target="a"><template>x</template></turbo-stream>"#,
      ["action=append target=a"]
    ),
    ("<turbo-stream action=append target='a b'/>", ["action=append target=a b"]),
    ("<TURBO-STREAM ACTION=\"Append\"\n\tdisabled>", ["action=Append disabled="]),
    (#"<turbo-stream action="x" action="y">"#, ["action=x"]),
    (
      #"<turbo-stream targets="a &gt; b &amp;&#x27;&#39;&apos;&nope;">"#,
      ["targets=a > b &'''&nope;"]
    ),
    (#"<turbo-stream title="a > b" action=x>"#, ["title=a > b action=x"]),
    ("<turbo-stream action=a></turbo-stream> <turbo-stream action=b>", ["action=a", "action=b"]),
    ("<!-- <turbo-stream action=a> --><turbo-stream action=b>", ["action=b"]),
    ("<!--><turbo-stream action=a><!---><turbo-stream action=b>", ["action=a", "action=b"]),
    ("<turbo-stream é=1 =x=2>", ["é=1 =x=2"]),
    ("<!-- never closed <turbo-stream action=a>", []),
    ("<script>'<turbo-stream action=a>'</script><turbo-stream action=b>", ["action=b"]),
    ("<template><turbo-stream action=inner></template><turbo-stream action=b>", ["action=b"]),
    ("<template><template></template><turbo-stream action=inner></template>", []),
    ("<turbo-streams action=a><turbo-stream action=b", ["action=b"]),
    ("<turbo-stream action=", ["action="]),
    ("<turbo-stream action=\"never closed", ["action=never closed"]),
  ])
  func findsTheElementsOfTheMessageItself(html: String, expected: [String]) {
    let found = StreamMarkup.elements(in: html).map { attributes in
      attributes.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
    #expect(found == expected)
  }

  @Test func readsBackWhatAnElementWrites() {
    let element = StreamElement(
      action: "append", target: .id("<\"'&>"), attributes: [("x", "é ✓")], content: "<b>")
    let found = StreamMarkup.elements(in: element.html)
    #expect(found.count == 1)
    #expect(found[0].map(\.value) == ["append", "<\"'&>", "é ✓"])
  }
}
