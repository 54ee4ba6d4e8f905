import Testing

@testable import Core

@Suite struct ForTagTests {
  @Test(
    arguments: [
      ("{% for i in l %}{{ i }}{% endfor %}", "123"),
      ("{% for i in l reversed %}{{ i }}{% endfor %}", "321"),
      ("{% for i in e %}x{% empty %}E{% endfor %}", "E"),
      ("{% for i in missing %}x{% empty %}E{% endfor %}", "E"),
      ("{% for i in n %}x{% empty %}E{% endfor %}", "E"),
      ("{% for i in s %}{{ i }},{% endfor %}", "a,b,c,"),
      ("{% for i in dd %}{{ i }},{% endfor %}", "one,two,"),
      ("{% for k,v in dd.items %}{{ k }}={{ v }},{% endfor %}", "one=1,two=2,"),
      ("{% for k , v in dd.items reversed %}{{ k }}={{ v }},{% endfor %}", "two=2,one=1,"),
      ("{% for a,b in pairs %}{{ a }}{{ b }}{% endfor %}{{ a }}", "12341"),
      ("{% for i in 'abc' %}{{ i }}{% endfor %}", "abc"),
      ("{% for i in l %}{{ forloop.nope }}{{ forloop.counter.real }}{% endfor %}", "123"),
      ("{% for i in dd.values %}{{ i }}{% endfor %}", "12"),
      (
        "{% for p in people %}{% for q in p.p %}{{ q }}{% empty %}-{% endfor %}{% endfor %}",
        "123-"
      ),
      ("{% for i in l %}{% with forloop.counter as c %}{{ c }}{% endwith %}{% endfor %}", "123"),
    ])
  func loops(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% for i in a %}x{% endfor %}", "TypeError: 'int' object is not iterable"),
      (
        "{% for a,b in l %}{{ a }}{% endfor %}",
        "ValueError: Need 2 values to unpack in for loop; got 1. "
      ),
      (
        "{% for a,b,c in pairs %}{% endfor %}",
        "ValueError: Need 3 values to unpack in for loop; got 2. "
      ),
      ("{% for %}{% endfor %}", "'for' statements should have at least four words: for"),
      ("{% for i l %}{% endfor %}", "'for' statements should have at least four words: for i l"),
      (
        "{% for i on l %}{% endfor %}",
        "'for' statements should use the format 'for x in y': for i on l"
      ),
      (
        "{% for i in l x %}{% endfor %}",
        "'for' statements should use the format 'for x in y': for i in l x"
      ),
      ("{% for i, in l %}{% endfor %}", "'for' tag received an invalid argument: for i, in l"),
      ("{% for 'i' in l %}{% endfor %}", "'for' tag received an invalid argument: for 'i' in l"),
      ("{% for a|b in l %}{% endfor %}", "'for' tag received an invalid argument: for a|b in l"),
      (
        "{% for a b in pairs %}{% endfor %}",
        "'for' tag received an invalid argument: for a b in pairs"
      ),
      ("{% for i in l %}", "Unclosed tag on line 1: 'for'. Looking for one of: empty, endfor."),
      (
        "{% for i in l %}{% empty %}",
        "Unclosed tag on line 1: 'for'. Looking for one of: endfor."
      ),
      ("{% for i in l|foo %}{% endfor %}", "Invalid filter: 'foo'"),
      ("{% for i in in l %}{% endfor %}", "'for' tag received an invalid argument: for i in in l"),
      (
        "{% for in x reversed %}{% endfor %}",
        "'for' tag received an invalid argument: for in x reversed"
      ),
      (
        "{% for x in reversed %}{% endfor %}",
        "'for' statements should use the format 'for x in y': for x in reversed"
      ),
      (
        "{% for a,b in dd %}{{ a }}{{ b }}{% endfor %}",
        "ValueError: Need 2 values to unpack in for loop; got 3. "
      ),
      ("{% for i in x %}{% endfor %}", "TypeError: 'float' object is not iterable"),
      ("{% for i in t %}{% endfor %}", "TypeError: 'bool' object is not iterable"),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
