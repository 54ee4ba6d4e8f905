import Testing

@testable import Core

struct LinkFiltersTests {
  static let links: [FilterCase] = [
    (
      "v|urlize", #"{"v":"http://google.com"}"#,
      #"<a href="http://google.com" rel="nofollow">http://google.com</a>"#
    ),
    (
      "v|urlize", #"{"v":"see www.google.com, ok?"}"#,
      #"see <a href="http://www.google.com" rel="nofollow">www.google.com</a>, ok?"#
    ),
    (
      "v|urlize", #"{"v":"djangoproject.org/about (or example.com)"}"#,
      #"<a href="http://djangoproject.org/about" rel="nofollow">djangoproject.org/about</a> (or <a href="http://example.com" rel="nofollow">example.com</a>)"#
    ),
    (
      "v|urlize", #"{"v":"info@djangoproject.org"}"#,
      #"<a href="mailto:info@djangoproject.org">info@djangoproject.org</a>"#
    ),
    ("v|urlize", #"{"v":"mailto:a@b.com"}"#, "mailto:a@b.com"),
    (
      "v|urlize", #"{"v":"http://31characteruri.com/test/é?q=é&x=1 2#f"}"#,
      #"<a href="http://31characteruri.com/test/%C3%A9?q=%C3%A9&amp;x=1" rel="nofollow">http://31characteruri.com/test/é?q=é&amp;x=1</a> 2#f"#
    ),
    (
      "v|urlize", #"{"v":"https://google.com/(x) [http://a.org]"}"#,
      #"<a href="https://google.com/(x)" rel="nofollow">https://google.com/(x)</a> [<a href="http://a.org" rel="nofollow">http://a.org</a>]"#
    ),
    (
      "v|urlize", #"{"v":"Email <a@b.co.uk> \"x.com\""}"#,
      #"Email &lt;<a href="mailto:a@b.co.uk">a@b.co.uk</a>&gt; &quot;x.com&quot;"#
    ),
    (
      "v|urlize", #"{"v":"http://x.com/?a=1&amp;b=2;"}"#,
      #"<a href="http://x.com/?a=1&amp;b=2" rel="nofollow">http://x.com/?a=1&amp;amp;b=2</a>;"#
    ),
    (
      "v|urlize", #"{"v":"www.x.com/&lt;;; www.x.com!.,"}"#,
      #"<a href="http://www.x.com/%3C" rel="nofollow">www.x.com/&amp;lt;</a>;; <a href="http://www.x.com" rel="nofollow">www.x.com</a>!.,"#
    ),
    (
      "v|urlize", #"{"v":"HTTPS://GITHUB.COM"}"#,
      #"<a href="https://GITHUB.COM" rel="nofollow">HTTPS://GITHUB.COM</a>"#
    ),
    ("v|urlize", #"{"v":"foo@bar.c"}"#, "foo@bar.c"),
    ("v|urlize", #"{"v":"user@-x.com a@b..com a.@b.com"}"#, "user@-x.com a@b..com a.@b.com"),
    (
      "v|urlize", #"{"v":"u@[127.0.0.1] u@[127.0.0.01]"}"#,
      #"<a href="mailto:u@%5B127.0.0.1%5D">u@[127.0.0.1]</a> u@[127.0.0.01]"#
    ),
    (
      "v|urlize", #"{"v":"http:// http://* ftp://x.org"}"#,
      #"http:// http://* <a href="http://ftp://x.org" rel="nofollow">ftp://x.org</a>"#
    ),
    (
      "v|urlize", #"{"v":"(see http://x.com/a_(b))."}"#,
      #"(see <a href="http://x.com/a_(b)" rel="nofollow">http://x.com/a_(b)</a>)"#
    ),
    ("v|urlize", #"{"v":"no links: a.b, c:d"}"#, "no links: a.b, c:d"),
    ("v|urlize", #"{"v":"x.info x.com.au x.net/p"}"#, "x.info x.com.au x.net/p"),
    (
      "v|urlize", #"{"v":"http://[::1]/x http://[1.2/x?a b"}"#,
      #"http://[::1]/x <a href="http://[1.2/x?a" rel="nofollow">http://[1.2/x?a</a> b"#
    ),
    ("v|urlize", #"{"v":"<script>"}"#, "&lt;script&gt;"),
    (
      "v|safe|urlize", #"{"v":"<b>www.x.com</b> &amp;"}"#,
      #"<b><a href="http://www.x.com" rel="nofollow">www.x.com</a></b> &amp;"#
    ),
    (
      "{% autoescape off %}{{ v|urlize }}{% endautoescape %}", #"{"v":"<b> www.x.com/<"}"#,
      #"<b> <a href="http://www.x.com/" rel="nofollow">www.x.com/</a><"#
    ),
    (
      "v|urlize", #"{"v":"http://a.com/%20%zz%E4?x=%26+y"}"#,
      #"<a href="http://a.com/%20%25zz%EF%BF%BD?x=%26+y" rel="nofollow">http://a.com/%20%zz%E4?x=%26+y</a>"#
    ),
    ("v|urlize", #"{"v":null}"#, "None"),
  ]

  @Test(arguments: links) func makesLinks(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let shortened: [FilterCase] = [
    (
      "v|urlizetrunc:15", #"{"v":"http://short.com/ www.33spam.com/a/longer/path"}"#,
      #"<a href="http://short.com/" rel="nofollow">http://short.c…</a> <a href="http://www.33spam.com/a/longer/path" rel="nofollow">www.33spam.com…</a>"#
    ),
    (
      #"v|urlizetrunc:"1""#, #"{"v":"www.x.com"}"#,
      #"<a href="http://www.x.com" rel="nofollow">…</a>"#
    ),
    ("v|urlizetrunc:0", #"{"v":"www.x.com"}"#, #"<a href="http://www.x.com" rel="nofollow">…</a>"#),
    (
      "v|urlizetrunc:20", #"{"v":"a@example-of-a-long-name.com <"}"#,
      #"<a href="mailto:a@example-of-a-long-name.com">a@example-of-a-long…</a> &lt;"#
    ),
  ]

  @Test(arguments: shortened) func shortensLinks(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    (#"v|urlizetrunc:"x""#, #"{"v":"a"}"#, "ValueError"),
    ("v|urlizetrunc:a", #"{"v":"a","a":null}"#, "TypeError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
