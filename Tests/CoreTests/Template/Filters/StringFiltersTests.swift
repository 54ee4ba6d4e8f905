import Testing

@testable import Core

struct StringFiltersTests {
  static let cases: [FilterCase] = [
    ("v|capfirst", #"{"v":"hello world"}"#, "Hello world"),
    ("v|capfirst", #"{"v":""}"#, ""),
    ("v|capfirst", #"{"v":"ßa"}"#, "SSa"),
    ("v|capfirst", #"{"v":"été"}"#, "Été"),
    ("v|lower", #"{"v":"ÉTÉ Still"}"#, "été still"),
    ("v|lower", #"{"v":"ΑΣ ΑΣΑ"}"#, "ας ασα"),
    ("v|lower", #"{"v":"İ"}"#, "i̇"),
    ("v|upper", #"{"v":"été straße"}"#, "ÉTÉ STRASSE"),
    ("v|upper", #"{"v":"ŉ"}"#, "ʼN"),
    ("v|title", #"{"v":"hello world"}"#, "Hello World"),
    ("v|title", #"{"v":"joe's 3RD o'neil IT'S"}"#, "Joe&#x27;s 3rd O&#x27;Neil It&#x27;s"),
    ("v|title", #"{"v":"ǆungla ÉTÉ"}"#, "ǅungla Été"),
    ("v|title", #"{"v":"555 WEST 53RD STREET"}"#, "555 West 53rd Street"),
    ("v|upper", #"{"v":"a<b"}"#, "A&lt;B"),
    ("v|safe|upper", #"{"v":"a<b"}"#, "A&lt;B"),
    ("v|lower", #"{"v":12.5}"#, "12.5"),
    ("v|upper", #"{"v":null}"#, "NONE"),
  ]

  @Test(arguments: cases) func changesLetterCase(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let escapes: [FilterCase] = [
    (
      "v|addslashes", #"{"v":"\"double quotes\" and 'single' \\"}"#,
      #"\&quot;double quotes\&quot; and \&#x27;single\&#x27; \\"#
    ),
    ("v|safe|addslashes", #"{"v":"<a>'"}"#, #"<a>\'"#),
    (
      "v|escapejs", "{\"v\":\"\\\"double\\\" 'single' \\\\ <>&=-;`\\n\\u001f\u{2028}\u{2029}é\"}",
      #"\u0022double\u0022 \u0027single\u0027 \u005C \u003C\u003E\u0026\u003D\u002D\u003B\u0060\u000A\u001F\u2028\u2029é"#
    ),
    ("v|escapejs", #"{"v":""}"#, ""),
    ("v|iriencode", #"{"v":"Sør-Trøndelag"}"#, "S%C3%B8r-Tr%C3%B8ndelag"),
    ("v|iriencode", #"{"v":"françois & jill ?a=b%20"}"#, "fran%C3%A7ois%20&amp;%20jill%20?a=b%20"),
    (
      "v|urlencode", #"{"v":"https://www.example.org/foo?a=b&c=d"}"#,
      "https%3A//www.example.org/foo%3Fa%3Db%26c%3Dd"
    ),
    (#"v|urlencode:"""#, #"{"v":"https://x.org/é"}"#, "https%3A%2F%2Fx.org%2F%C3%A9"),
    (#"v|urlencode:"&=""#, #"{"v":"a&b=c/d"}"#, "a&amp;b=c%2Fd"),
    (
      "v|slugify", #"{"v":" Jack & Jill like numbers 1,2,3 and 4 and silly characters ?%.$!/"}"#,
      "jack-jill-like-numbers-123-and-4-and-silly-characters"
    ),
    (
      "v|slugify", #"{"v":"Un éléphant à l'orée du bois ﬁ ½ Ⅷ ㎏"}"#,
      "un-elephant-a-loree-du-bois-fi-12-viii-kg"
    ),
    ("v|slugify", #"{"v":"-_ a--b __ -"}"#, "a-b"),
    ("v|slugify", #"{"v":"北京"}"#, ""),
    (
      #"v|json_script:"x""#, "{\"v\":{\"a\":\"<b>&\u{2028}é😀\",\"n\":[1,2.5,null,true,1e+16]}}",
      #"<script id="x" type="application/json">{"a": "\u003Cb\u003E\u0026\u2028\u00e9\ud83d\ude00", "n": [1, 2.5, null, true, 1e+16]}</script>"#
    ),
    (
      "v|json_script", #"{"v":"</script>"}"#,
      #"<script type="application/json">"\u003C/script\u003E"</script>"#
    ),
    (
      "v|json_script:a", #"{"v":{},"a":"<id>"}"#,
      #"<script id="&lt;id&gt;" type="application/json">{}</script>"#
    ),
    ("v|json_script:a", #"{"v":[],"a":null}"#, #"<script type="application/json">[]</script>"#),
  ]

  @Test(arguments: escapes) func escapesForOtherLanguages(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let widths: [FilterCase] = [
    ("v|center:15", #"{"v":"Django"}"#, "     Django    "),
    ("v|center:14", #"{"v":"odd"}"#, "     odd      "),
    (#"v|center:"2""#, #"{"v":"abc"}"#, "abc"),
    ("v|ljust:10", #"{"v":"é"}"#, "é         "),
    ("v|rjust:5", #"{"v":"ab"}"#, "   ab"),
    ("v|safe|rjust:5", #"{"v":"<"}"#, "    <"),
    (
      "v|wordwrap:14",
      #"{"v":"this is a long paragraph of text that really needs to be wrapped I'm afraid"}"#,
      "this is a long\nparagraph of\ntext that\nreally needs\nto be wrapped\nI&#x27;m afraid"
    ),
    ("v|wordwrap:3", #"{"v":"a bb  ccc\tdddd\n\n  e \n"}"#, "a\nbb\nccc\ndddd\n\n  e\n"),
    ("v|wordwrap:5", "{\"v\":\"verylongword is\\rhere\u{2028}ok\"}", "verylongword\nis\nhere\nok"),
    ("v|wordwrap:2", #"{"v":""}"#, ""),
    ("v|wordcount", "{\"v\":\"a b\\n c\u{3000}d\"}", "4"),
    ("v|wordcount", #"{"v":""}"#, "0"),
    (
      "v|linenumbers", #"{"v":"a\nb\nc\nd\ne\nf\ng\nh\ni\nj"}"#,
      "01. a\n02. b\n03. c\n04. d\n05. e\n06. f\n07. g\n08. h\n09. i\n10. j"
    ),
    ("v|linenumbers", #"{"v":"<a>\n<b>"}"#, "1. &lt;a&gt;\n2. &lt;b&gt;"),
    ("v|safe|linenumbers", #"{"v":"<a>\n<b>"}"#, "1. <a>\n2. <b>"),
    (#"v|cut:" ""#, #"{"v":"a string to be mangled"}"#, "astringtobemangled"),
    (#"v|cut:"a""#, #"{"v":"banana"}"#, "bnn"),
    (#"v|safe|cut:";""#, #"{"v":"a &lt; b"}"#, "a &amp;lt b"),
    (#"v|safe|cut:"x""#, #"{"v":"x&lt;"}"#, "&lt;"),
    ("v|make_list", #"{"v":"abé"}"#, "[&#x27;a&#x27;, &#x27;b&#x27;, &#x27;é&#x27;]"),
    ("v|make_list", #"{"v":12}"#, "[&#x27;1&#x27;, &#x27;2&#x27;]"),
  ]

  @Test(arguments: widths) func fillsAndWraps(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let formats: [FilterCase] = [
    (#"v|stringformat:"03d""#, #"{"v":1}"#, "001"),
    (#"v|stringformat:"z""#, #"{"v":1}"#, ""),
    (#"v|stringformat:"s""#, #"{"v":"a<b"}"#, "a&lt;b"),
    (#"v|stringformat:"r""#, #"{"v":"it's"}"#, "&quot;it&#x27;s&quot;"),
    (#"v|stringformat:"a""#, #"{"v":"é😀"}"#, #"&#x27;\xe9\U0001f600&#x27;"#),
    (#"v|stringformat:".2f""#, #"{"v":2.675}"#, "2.67"),
    (#"v|stringformat:"+.3e""#, #"{"v":0}"#, "+0.000e+00"),
    (#"v|stringformat:"g""#, #"{"v":1e-05}"#, "1e-05"),
    ("v|stringformat:\"#.0f\"", #"{"v":2.5}"#, "2."),
    (#"v|stringformat:"G""#, #"{"v":1e+20}"#, "1E+20"),
    ("v|stringformat:\"#x\"", #"{"v":255}"#, "0xff"),
    (#"v|stringformat:"08X""#, #"{"v":-255}"#, "-00000FF"),
    ("v|stringformat:\"#o\"", #"{"v":8}"#, "0o10"),
    (#"v|stringformat:"x""#, #"{"v":1180591620717411303424}"#, "400000000000000000"),
    (#"v|stringformat:"x""#, #"{"v":1.5}"#, ""),
    (#"v|stringformat:"-8s|""#, #"{"v":"ab"}"#, "ab      |"),
    (#"v|stringformat:".2s""#, #"{"v":"abc"}"#, "ab"),
    (#"v|stringformat:"c""#, #"{"v":8364}"#, "€"),
    (#"v|stringformat:"d""#, #"{"v":-7.9}"#, "-7"),
    (#"v|stringformat:"d""#, #"{"v":"7"}"#, ""),
    (#"v|stringformat:"% d""#, #"{"v":7}"#, ""),
    (#"v|stringformat:"05.1f""#, #"{"v":-2.25}"#, "-02.2"),
    (#"v|stringformat:"(a)s %(b)05d""#, #"{"v":{"a":"x","b":7}}"#, "x 00007"),
    (#"v|stringformat:"s""#, #"{"v":[1,"a"]}"#, "[1, &#x27;a&#x27;]"),
    (#"v|stringformat:"s of %s""#, #"{"v":1}"#, ""),
    (#"v|stringformat:"%""#, #"{"v":1}"#, ""),
    (#"v|stringformat:"%""#, #"{"v":[]}"#, "%"),
    (#"v|stringformat:"5.3d""#, #"{"v":7}"#, "  007"),
    (#"v|stringformat:"i""#, #"{"v":true}"#, "1"),
    (#"v|stringformat:".25f""#, #"{"v":0.1}"#, "0.1000000000000000055511151"),
    (#"v|stringformat:".17g""#, #"{"v":0.1}"#, "0.10000000000000001"),
  ]

  @Test(arguments: formats) func formatsByPercent(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    (#"v|center:"x""#, #"{"v":"a"}"#, "ValueError"),
    ("v|ljust:a", #"{"v":"a","a":null}"#, "TypeError"),
    ("v|wordwrap:0", #"{"v":"a"}"#, "ValueError"),
    (#"v|wordwrap:"x""#, #"{"v":"a"}"#, "ValueError"),
    ("v|cut:1", #"{"v":"a"}"#, "TypeError"),
    (#"v|stringformat:"(zz)s""#, #"{"v":{"a":1}}"#, "KeyError"),
    (#"v|stringformat:"c""#, #"{"v":1114112}"#, "OverflowError"),
    ("v|urlencode:1", #"{"v":"a"}"#, "TypeError"),
    ("v|rjust:99999999999999999999", #"{"v":"a"}"#, "OverflowError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
