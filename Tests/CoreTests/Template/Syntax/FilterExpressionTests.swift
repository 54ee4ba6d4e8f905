import Testing

@testable import Core

@Suite struct FilterExpressionTests {
  @Test(
    arguments: [
      ("hi", "hi"),
      ("{{ a }}", "1"),
      ("{{ b }}", "&lt;b&gt;&amp;&#x27;&quot;"),
      ("{{ n }}", "None"),
      ("{{ t }} {{ f }}", "True False"),
      (
        "{{ x }} {{ six }} {{ big }} {{ e16 }}",
        "1.5 6.0 1000000000000000000000000000000 10000000000000000"
      ),
      ("{{ l }}", "[1, 2, 3]"),
      ("{{ d }}", "{&#x27;k&#x27;: &#x27;v&#x27;, &#x27;z&#x27;: 2, &#x27;items&#x27;: 3}"),
      ("{{ l.0 }} {{ l.5 }} {{ l.x }} {{ s.1 }} {{ s.upper }} {{ s.9 }}", "1   b ABC "),
      ("{{ missing }}{{ missing.x.y }}", ""),
      ("{{ True }} {{ False }} {{ None }}", "True False None"),
      (#"{{ '\'a\\b' }}"#, #"'a\b"#),
      ("{{ a }", "{{ a }"),
      ("{{ a\n }}", "{{ a\n }}"),
      ("{ {a} }", "{ {a} }"),
      ("{{ 5. }}", ""),
      ("{{ 1_000 }}", "1000"),
      ("{{ a.0 }}", ""),
      ("{{ n.x }}", ""),
      ("{{ forloop }}", ""),
      ("{{ block.super }}", ""),
    ])
  func isResolvedAsDjangoDoes(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{{}}", "Empty variable tag on line 1"),
      ("{{ }}", "Empty variable tag on line 1"),
      ("{%%}", "Empty block tag on line 1"),
      ("{% %}", "Empty block tag on line 1"),
      ("{{ a b }}", "Could not parse the remainder: ' b' from 'a b'"),
      ("{{ a| }}", "Could not parse the remainder: '|' from 'a|'"),
      ("{{ a|nofilter }}", "Invalid filter: 'nofilter'"),
      ("{{ |upper }}", "Could not find variable at start of |upper."),
      ("{{ _x }}", "Variables and attributes may not begin with underscores: '_x'"),
      ("{{ a._x }}", "Variables and attributes may not begin with underscores: 'a._x'"),
      ("{{ a.b._c }}", "Variables and attributes may not begin with underscores: 'a.b._c'"),
      ("{{ 'unclosed }}", "Could not parse the remainder: ''unclosed' from ''unclosed'"),
      ("{{ a|default: }}", "default requires 2 arguments, 1 provided"),
      ("{{{ a }}}", "Could not parse the remainder: '{ a' from '{ a'"),
      (
        "{%x{{ a }}%}",
        "Invalid block tag on line 1: 'x{{'. Did you forget to register or load this tag?"
      ),
      ("{{ l.-1 }}", "Could not parse the remainder: '-1' from 'l.-1'"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
