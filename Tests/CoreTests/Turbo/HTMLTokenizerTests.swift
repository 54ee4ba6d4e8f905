import Testing

@testable import Core

struct HTMLTokenizerTests {
  @Test(arguments: [
    ("a < b <b>c</b>", ["a < b ", "<b>", "c", "</b>"]),
    ("<a title='>'>", ["<a title='>'>"]),
    ("<!DOCTYPE html><!-- <b> --><?x?>", ["<!DOCTYPE html>", "<!-- <b> -->", "<?x?>"]),
    ("<script>if (a<b) '</b>'</script>x", ["<script>", "if (a<b) '</b>'", "</script>", "x"]),
    ("<textarea></textarea>", ["<textarea>", "</textarea>"]),
    ("<style>never closed <b>", ["<style>", "never closed <b>"]),
    ("</>", ["</>"]), ("<", ["<"]), ("<<b>", ["<", "<b>"]), ("<b", ["<b"]),
    ("<!-- never closed", ["<!-- never closed"]),
    ("é<b>✓", ["é", "<b>", "✓"]),
  ])
  func cutsWhereTheStandardDoes(html: String, pieces: [String]) {
    #expect(HTMLTokenizer(html).map { String($0.source) } == pieces)
  }

  @Test func losesNothing() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("<>/!-?='\" abscriptyle\n")
    for _ in 0..<2000 {
      let html = String((0..<40).map { _ in alphabet.randomElement(using: &generator) ?? "<" })
      #expect(HTMLTokenizer(html).map { String($0.source) }.joined() == html)
    }
  }
}

struct HTMLOutlineTests {
  @Test(arguments: [
    ("", []),
    ("one  two\n three ", ["one two three"]),
    ("<p>Hello <b>you</b>\n there</p>", ["<p>Hello <b>you</b> there</p>"]),
    ("<ul>\n <li>1</li>\n <li>2</li>\n</ul>", ["<ul>", "  <li>1</li>", "  <li>2</li>", "</ul>"]),
    ("<div>a<p>b</p>c</div>", ["<div>a", "  <p>b</p>", "  c", "</div>"]),
    ("<hr><p>x<br>y</p>", ["<hr>", "<p>x<br>y</p>"]),
    ("<pre>a\n  b\n</pre>", ["<pre>a", "    b", "</pre>"]),
    ("</div></div>x", ["</div>", "</div>", "x"]),
    ("<!-- c --><p>", ["<!-- c -->", "<p>"]),
  ])
  func isALineABlockIndentedByDepth(html: String, expected: [String]) {
    let lines = HTMLOutline.lines(of: html).map { line in
      var text = line.pieces.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return String(repeating: "  ", count: line.depth) + text
    }
    #expect(lines == expected)
  }
}
