import Testing

@testable import Core

struct ListFiltersTests {
  static let parts: [FilterCase] = [
    ("v|first", #"{"v":[1,2]}"#, "1"),
    ("v|first", #"{"v":[]}"#, ""),
    ("v|first", #"{"v":"été"}"#, "é"),
    ("v|first", #"{"v":""}"#, ""),
    ("v|last", #"{"v":[1,2]}"#, "2"),
    ("v|last", #"{"v":"ab"}"#, "b"),
    ("v|last", #"{"v":[]}"#, ""),
    ("v|random", #"{"v":["x"]}"#, "x"),
    ("v|random", #"{"v":[]}"#, ""),
    ("v|random", #"{"v":"y"}"#, "y"),
    ("v|length", "{\"v\":\"é👩\u{200d}👧\"}", "4"),
    ("v|length", #"{"v":{"a":1}}"#, "1"),
    ("v|length", #"{"v":5}"#, "0"),
    ("v|length", #"{"v":null}"#, "0"),
    (#"v|slice:":2""#, #"{"v":[1,2,3]}"#, "[1, 2]"),
    (#"v|slice:"1:""#, #"{"v":"abcd"}"#, "bcd"),
    (#"v|slice:"::-1""#, #"{"v":"abc"}"#, "cba"),
    (#"v|slice:"-2:""#, #"{"v":[1,2,3]}"#, "[2, 3]"),
    (#"v|slice:"5:1:-2""#, #"{"v":"abcdefgh"}"#, "fd"),
    (#"v|slice:"2""#, #"{"v":"abcd"}"#, "ab"),
    ("v|slice:2", #"{"v":"abcd"}"#, "ab"),
    (#"v|slice:"""#, #"{"v":"abcd"}"#, "abcd"),
    (#"v|slice:"x""#, #"{"v":"abcd"}"#, "abcd"),
    (#"v|slice:"::0""#, #"{"v":"abcd"}"#, "abcd"),
    (#"v|slice:"1:2""#, #"{"v":{"a":1}}"#, "{&#x27;a&#x27;: 1}"),
    (#"v|slice:"1""#, #"{"v":7}"#, "7"),
    (#"v|slice:"99999999999999999999:""#, #"{"v":"ab"}"#, ""),
    (#"v|slice:"::-9223372036854775808""#, #"{"v":"abc"}"#, "c"),
    (#"v|safe|slice:":2""#, #"{"v":"<ab"}"#, "<a"),
    ("v|safe|last", #"{"v":"<"}"#, "<"),
  ]

  @Test(arguments: parts) func takesParts(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let joined: [FilterCase] = [
    (#"v|join:", ""#, #"{"v":["<a>",1,null,2.0]}"#, "&lt;a&gt;, 1, None, 2.0"),
    (#"v|join:"<br>""#, #"{"v":["a","b"]}"#, "a<br>b"),
    ("v|join:a", #"{"v":["a","b"],"a":"<"}"#, "a&lt;b"),
    ("v|join:a", #"{"v":["a","b"],"a":5}"#, "a5b"),
    (#"v|join:"-""#, #"{"v":5}"#, "5"),
    (#"v|join:"-""#, #"{"v":"abc"}"#, "a-b-c"),
    (#"v|join:"-""#, #"{"v":{"k":1,"l":2}}"#, "k-l"),
    (#"{% autoescape off %}{{ v|join:"<" }}{% endautoescape %}"#, #"{"v":["<","&"]}"#, "<<&"),
    (#"{% autoescape off %}{{ v|join:"<" }}{% endautoescape %}"#, #"{"v":[1,2]}"#, "[1, 2]"),
  ]

  @Test(arguments: joined) func joins(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let sorted: [FilterCase] = [
    (
      #"v|dictsort:"n"|join:";""#, #"{"v":[{"n":2,"i":"a"},{"n":1,"i":"b"},{"n":2,"i":"c"}]}"#,
      "{&#x27;n&#x27;: 1, &#x27;i&#x27;: &#x27;b&#x27;};{&#x27;n&#x27;: 2, &#x27;i&#x27;: &#x27;a&#x27;};{&#x27;n&#x27;: 2, &#x27;i&#x27;: &#x27;c&#x27;}"
    ),
    (
      #"v|dictsortreversed:"n""#, #"{"v":[{"n":2,"i":"a"},{"n":1,"i":"b"},{"n":2,"i":"c"}]}"#,
      "[{&#x27;n&#x27;: 2, &#x27;i&#x27;: &#x27;a&#x27;}, {&#x27;n&#x27;: 2, &#x27;i&#x27;: &#x27;c&#x27;}, {&#x27;n&#x27;: 1, &#x27;i&#x27;: &#x27;b&#x27;}]"
    ),
    (
      #"v|dictsort:"a.b""#, #"{"v":[{"a":{"b":2}},{"a":{"b":1}}]}"#,
      "[{&#x27;a&#x27;: {&#x27;b&#x27;: 1}}, {&#x27;a&#x27;: {&#x27;b&#x27;: 2}}]"
    ),
    ("v|dictsort:0", #"{"v":[[2,"x"],[1,"y"]]}"#, "[[1, &#x27;y&#x27;], [2, &#x27;x&#x27;]]"),
    ("v|dictsort:0", #"{"v":["bc","ab"]}"#, "[&#x27;ab&#x27;, &#x27;bc&#x27;]"),
    (#"v|dictsort:"0""#, #"{"v":[[1]]}"#, ""),
    (#"v|dictsort:"0""#, #"{"v":[{"0":2},{"0":1}]}"#, "[{&#x27;0&#x27;: 1}, {&#x27;0&#x27;: 2}]"),
    (#"v|dictsort:"x""#, #"{"v":[{"n":1}]}"#, ""),
    (#"v|dictsort:"n""#, #"{"v":[{"n":1},{"n":"a"}]}"#, ""),
    (#"v|dictsort:"n""#, #"{"v":5}"#, ""),
    (#"v|dictsort:"n""#, #"{"v":[]}"#, "[]"),
    (#"v|dictsort:"_n""#, #"{"v":[]}"#, ""),
    (#"v|dictsort:"n""#, #"{"v":[{"n":null},{"n":null}]}"#, ""),
    (
      #"v|dictsort:"n""#, #"{"v":[{"n":true},{"n":0.5},{"n":100000000000000000000},{"n":-1}]}"#,
      "[{&#x27;n&#x27;: -1}, {&#x27;n&#x27;: 0.5}, {&#x27;n&#x27;: True}, {&#x27;n&#x27;: 100000000000000000000}]"
    ),
  ]

  @Test(arguments: sorted) func sortsDictionaries(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let nested: [FilterCase] = [
    ("v|unordered_list", #"{"v":["x","y"]}"#, "\t<li>x</li>\n\t<li>y</li>"),
    (
      "v|unordered_list", #"{"v":["States",["Kansas",["Lawrence","Topeka"],"Illinois"]]}"#,
      "\t<li>States\n\t<ul>\n\t\t<li>Kansas\n\t\t<ul>\n\t\t\t<li>Lawrence</li>\n\t\t\t<li>Topeka</li>\n\t\t</ul>\n\t\t</li>\n\t\t<li>Illinois</li>\n\t</ul>\n\t</li>"
    ),
    (
      "v|unordered_list", #"{"v":["a",["b"],["c"],[]]}"#,
      "\t<li>a\n\t<ul>\n\t\t<li>b</li>\n\t</ul>\n\t</li>\n\t<li>[&#x27;c&#x27;]</li>"
    ),
    (
      "v|unordered_list", #"{"v":[["a"],["b"]]}"#,
      "\t<li>[&#x27;a&#x27;]\n\t<ul>\n\t\t<li>b</li>\n\t</ul>\n\t</li>"
    ),
    (
      "v|unordered_list", #"{"v":["<",1.0,null]}"#,
      "\t<li>&lt;</li>\n\t<li>1.0</li>\n\t<li>None</li>"
    ),
    ("v|unordered_list", #"{"v":"ab"}"#, "\t<li>a</li>\n\t<li>b</li>"),
    ("v|unordered_list", #"{"v":[]}"#, ""),
    (
      "{% autoescape off %}{{ v|unordered_list }}{% endautoescape %}", #"{"v":["<",["&"]]}"#,
      "\t<li><\n\t<ul>\n\t\t<li>&</li>\n\t</ul>\n\t</li>"
    ),
  ]

  @Test(arguments: nested) func nestsLists(_ test: FilterCase) throws {
    try expectOutput(test)
  }

  static let failures: [FilterCase] = [
    ("v|first", #"{"v":5}"#, "TypeError"),
    ("v|first", #"{"v":{"a":1}}"#, "KeyError"),
    ("v|last", #"{"v":null}"#, "TypeError"),
    ("v|random", #"{"v":{"a":1}}"#, "KeyError"),
    ("v|random", #"{"v":5}"#, "TypeError"),
    ("v|unordered_list", #"{"v":5}"#, "TypeError"),
    ("v|dictsort:0", #"{"v":[{"n":1}]}"#, "KeyError"),
    ("v|dictsort:5", #"{"v":[[1]]}"#, "IndexError"),
    (#"v|dictsort:"""#, #"{"v":[]}"#, "IndexError"),
  ]

  @Test(arguments: failures) func failsAsDjangoDoes(_ test: FilterCase) {
    expectException(test)
  }
}
