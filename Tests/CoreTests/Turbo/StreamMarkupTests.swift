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

  @Test(arguments: [
    ("", []),
    ("  plain <b>text</b>\n", [": plain <b>text</b>"]),
    (
      "<turbo-stream action=a><template><p>1</p></template></turbo-stream>\n"
        + "<turbo-stream action=b></turbo-stream>after", ["a: <p>1</p>", "b", ": after"]
    ),
    ("<turbo-stream action=a><template></template></turbo-stream>", ["a: "]),
    (
      "<turbo-stream action=a><template>1<template>2</template>3</template></turbo-stream>",
      ["a: 1<template>2</template>3"]
    ),
    ("<turbo-stream action=a><template>never closed", ["a: never closed"]),
    (
      "<template>x</template><turbo-stream action=a></turbo-stream>",
      [": <template>x</template>", "a"]
    ),
    ("<turbo-stream action=a><turbo-stream action=b>", ["a", "b"]),
  ])
  func partsAreTheElementsAndWhatStandsBetween(html: String, expected: [String]) {
    let parts = StreamMarkup.parts(of: html).map { part in
      let content = part.content.map { String($0.drop { $0 == " " }) }
      return (part["action"] ?? "") + (content.map { ": \($0)" } ?? "").trimmingEnd
    }
    #expect(parts == expected.map(\.trimmingEnd))
  }

  @Test func readsBackWhatAnElementWrites() {
    let element = StreamElement(
      action: "append", target: .id("<\"'&>"), attributes: [("x", "é ✓")], content: "<b>")
    let found = StreamMarkup.elements(in: element.html)
    #expect(found.count == 1)
    #expect(found[0].map(\.value) == ["append", "<\"'&>", "é ✓"])
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
