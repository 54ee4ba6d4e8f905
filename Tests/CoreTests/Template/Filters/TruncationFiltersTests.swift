import Testing

@testable import Core

struct TruncationFiltersTests {
  static let characters: [FilterCase] = [
    ("v|truncatechars:10", #"{"v":"Joel is a slug"}"#, "Joel is a…"),
    ("v|truncatechars:14", #"{"v":"Joel is a slug"}"#, "Joel is a slug"),
    ("v|truncatechars:0", #"{"v":"abc"}"#, ""),
    (#"v|truncatechars:"-1""#, #"{"v":"abc"}"#, ""),
    ("v|truncatechars:1", #"{"v":"abc"}"#, "…"),
    (#"v|truncatechars:"x""#, #"{"v":"a<c"}"#, "a&lt;c"),
    ("v|truncatechars:3", #"{"v":"éééé"}"#, "éé…"),
    ("v|truncatechars:2", #"{"v":"x̣̣ỵz"}"#, "x̣̣…"),
    ("v|truncatechars:4", #"{"v":"日本語テキスト"}"#, "日本語…"),
    ("v|truncatechars:3", "{\"v\":\"👩\u{200d}👩\u{200d}👧\"}", "👩\u{200d}…"),
    ("v|truncatechars:5", #"{"v":1234567}"#, "1234…"),
    ("v|safe|truncatechars:3", #"{"v":"<b>x"}"#, "<b…"),
    ("v|truncatechars:5", #"{"v":"a&lt;bcd"}"#, "a&amp;lt…"),
  ]

  @Test(arguments: characters) func truncatesCharacters(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let words: [FilterCase] = [
    ("v|truncatewords:2", #"{"v":"A sentence with a few words in it"}"#, "A sentence …"),
    ("v|truncatewords:100", #"{"v":"A  sentence\nwith"}"#, "A sentence with"),
    ("v|truncatewords:0", #"{"v":"a b"}"#, ""),
    (#"v|truncatewords:"x""#, #"{"v":"a b"}"#, "a b"),
    ("v|truncatewords:1", #"{"v":"a … b"}"#, "a …"),
    ("v|truncatewords:2", #"{"v":"Joel is a slug & <b>bold</b>"}"#, "Joel is …"),
  ]

  @Test(arguments: words) func truncatesWords(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let markup: [FilterCase] = [
    (
      "v|safe|truncatechars_html:0",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}", ""
    ),
    (
      "v|safe|truncatechars_html:6",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">t…</a></p>"
    ),
    (
      "v|safe|truncatechars_html:11",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">two - …</a></p>"
    ),
    (
      "v|safe|truncatechars_html:100",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">two - three <br>four</a> five</p>"
    ),
    (
      "v|safe|truncatewords_html:0",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}", ""
    ),
    (
      "v|safe|truncatewords_html:2",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">two …</a></p>"
    ),
    (
      "v|safe|truncatewords_html:4",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">two - three <br> …</a></p>"
    ),
    (
      "v|safe|truncatewords_html:5",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">two - three <br>four</a> …</p>"
    ),
    (
      "v|safe|truncatewords_html:100",
      "{\"v\":\"<p>one <a href=\\\"#\\\">two - three <br>four</a> five</p>\"}",
      "<p>one <a href=\"#\">two - three <br>four</a> five</p>"
    ),
    (
      "v|safe|truncatewords_html:3",
      #"{"v":"<p>one <i/>two<img src=x/> &eacute;t&eacute; &amp; more</p>"}"#,
      "<p>one <i/></i>two<img src=x/> été …</p>"
    ),
    ("v|safe|truncatechars_html:4", #"{"v":"a&nbsp;b&lt;cd"}"#, "a\u{a0}b…"),
    ("v|truncatechars_html:3", #"{"v":"<b>bold</b>"}"#, "&lt;b&gt;bo…&lt;/b&gt;"),
    (
      "v|safe|truncatechars_html:3", #"{"v":"<script>if (a<b) c</script>tail"}"#,
      "<script>if…</script>"
    ),
    (
      "v|safe|truncatewords_html:2", #"{"v":"<!-- no --><b>one</b> <B>two</B> three"}"#,
      "<b>one</b> <B> …</b>"
    ),
    ("v|safe|truncatechars_html:10", #"{"v":"text &amp"}"#, ""),
    (#"v|safe|truncatewords_html:"x""#, #"{"v":"a b"}"#, "a b"),
    ("v|safe|truncatechars_html:3", #"{"v":"a</b>bcdef"}"#, "a</b>b…"),
    ("v|safe|truncatechars_html:4", #"{"v":"<p>abcd</p>"}"#, "<p>abc…</p>"),
    (
      "v|safe|truncatewords_html:1", #"{"v":"<a title='x>y' b = c>one two</a>"}"#,
      "<a title='x>y' b = c>one …</a>"
    ),
  ]

  @Test(arguments: markup) func truncatesMarkup(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    ("v|truncatechars:a", #"{"v":"a","a":null}"#, "TypeError"),
    ("v|truncatewords:a", #"{"v":"a","a":[1]}"#, "TypeError"),
    ("v|truncatewords_html:2", #"{"v":"<![x]>"}"#, "AssertionError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
