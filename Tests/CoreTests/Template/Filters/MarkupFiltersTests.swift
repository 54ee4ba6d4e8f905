import Testing

@testable import Core

struct MarkupFiltersTests {
  static let escaping: [FilterCase] = [
    ("v|escape", #"{"v":"<a> & \"b\" 'c'"}"#, "&lt;a&gt; &amp; &quot;b&quot; &#x27;c&#x27;"),
    ("v|escape|escape", #"{"v":"<"}"#, "&lt;"),
    ("v|safe|escape", #"{"v":"<"}"#, "<"),
    ("v|force_escape", #"{"v":"<"}"#, "&lt;"),
    ("v|force_escape|force_escape", #"{"v":"<"}"#, "&amp;lt;"),
    ("v|safe|force_escape", #"{"v":"<"}"#, "&lt;"),
    (#"v|escapeseq|join:"<""#, #"{"v":["<a>","b"]}"#, "&lt;a&gt;<b"),
    (
      #"{% autoescape off %}{{ v|escapeseq|join:"<" }}{% endautoescape %}"#, #"{"v":["<a>","b"]}"#,
      "&lt;a&gt;<b"
    ),
    (#"v|safeseq|join:"<""#, #"{"v":["<a>","b"]}"#, "<a><b"),
    (#"v|safeseq|join:", ""#, #"{"v":[1,null]}"#, "1, None"),
    ("{% autoescape off %}{{ v|escape }}{{ v }}{% endautoescape %}", #"{"v":"<"}"#, "&lt;<"),
    ("v|safe", #"{"v":"<b>"}"#, "<b>"),
    ("v|safe", #"{"v":["<b>"]}"#, "['<b>']"),
    ("v|escape", #"{"v":["<"]}"#, "[&#x27;&lt;&#x27;]"),
    ("v|safe|lower|upper", #"{"v":"<A>"}"#, "&lt;A&gt;"),
  ]

  @Test(arguments: escaping) func escapesOnce(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let lines: [FilterCase] = [
    (
      "v|linebreaks", #"{"v":"line 1\nline 2\n\n\nline <3>\r\n"}"#,
      "<p>line 1<br>line 2</p>\n\n<p>line &lt;3&gt;<br></p>"
    ),
    ("v|linebreaks", #"{"v":""}"#, "<p></p>"),
    ("v|linebreaks", #"{"v":"\n\na\rb\n"}"#, "<p></p>\n\n<p>a<br>b<br></p>"),
    ("v|safe|linebreaks", #"{"v":"<b>\nx"}"#, "<p><b><br>x</p>"),
    (
      "{% autoescape off %}{{ v|linebreaks }}{% endautoescape %}", #"{"v":"<b>\nx"}"#,
      "<p><b><br>x</p>"
    ),
    ("v|linebreaksbr", #"{"v":"a\r\nb\rc\n<"}"#, "a<br>b<br>c<br>&lt;"),
    ("v|safe|linebreaksbr", #"{"v":"<\n"}"#, "<<br>"),
    ("v|linebreaksbr", #"{"v":5}"#, "5"),
  ]

  @Test(arguments: lines) func breaksLines(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let tags: [FilterCase] = [
    (
      "v|striptags",
      #"{"v":"some <b>html</b> with <script>alert(\"You've <b>\")</script> disallowed"}"#,
      "some html with alert(&quot;You&#x27;ve &quot;) disallowed"
    ),
    ("v|striptags", #"{"v":"a<p onclick=\"alert('<test>')\">b</p>c<br/>d"}"#, "abcd"),
    (
      "v|striptags", #"{"v":"a &copy b &amp; &#39; &x &#6; &"}"#,
      "a &amp;copy b &amp;amp; &amp;#39; &amp;x &amp;#6; &amp;"
    ),
    ("v|striptags", #"{"v":"1 < 2 > 0 <"}"#, "1 &lt; 2 &gt; 0 &lt;"),
    ("v|striptags", #"{"v":"<<b>b>x</<i>i>"}"#, "xi&gt;"),
    ("v|striptags", #"{"v":"<!-- c -- >a<!DOCTYPE x>b<?p?>c<![CDATA[d]]>e"}"#, "abce"),
    ("v|striptags", #"{"v":"<a href='x>'>y<a b=\"c>z"}"#, "y&lt;a b=&quot;c&gt;z"),
    ("v|striptags", #"{"v":"</>x</ p>y</1>z"}"#, "xyz"),
    ("v|striptags", #"{"v":"<x"}"#, "&lt;x"),
    ("v|striptags", #"{"v":"<3 > <a/b=c d>ok"}"#, "&lt;3 &gt; ok"),
    ("v|safe|striptags", #"{"v":"<b>&lt;</b>"}"#, "&lt;"),
    ("v|striptags", #"{"v":null}"#, "None"),
  ]

  @Test(arguments: tags) func stripsTags(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    ("v|escapeseq", #"{"v":1}"#, "TypeError"),
    ("v|safeseq", #"{"v":null}"#, "TypeError"),
    ("v|striptags", #"{"v":"<![x]>y</b>"}"#, "AssertionError"),
    (
      "v|striptags",
      #"{"v":"<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a<a                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        </b>>"}"#,
      "SuspiciousOperation"
    ),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
