import Testing

@testable import Core

@Suite struct ConditionTests {
  @Test(
    arguments: [
      ("{% if a %}yes{% else %}no{% endif %}", "yes"),
      ("{% if not a %}yes{% else %}no{% endif %}", "no"),
      ("{% if a and b %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a or n %}yes{% else %}no{% endif %}", "yes"),
      ("{% if n or f %}yes{% else %}no{% endif %}", "no"),
      ("{% if a == 1 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a == 1.0 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a != 1 %}yes{% else %}no{% endif %}", "no"),
      ("{% if a > 0 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a < 0 %}yes{% else %}no{% endif %}", "no"),
      ("{% if a >= 1 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a <= 1 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a in l %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a not in l %}yes{% else %}no{% endif %}", "no"),
      ("{% if 5 in l %}yes{% else %}no{% endif %}", "no"),
      ("{% if 'k' in d %}yes{% else %}no{% endif %}", "yes"),
      ("{% if s in 'xabcx' %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a in n %}yes{% else %}no{% endif %}", "no"),
      ("{% if a not in n %}yes{% else %}no{% endif %}", "no"),
      ("{% if n is None %}yes{% else %}no{% endif %}", "yes"),
      ("{% if n is not None %}yes{% else %}no{% endif %}", "no"),
      ("{% if t is True %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a is t %}yes{% else %}no{% endif %}", "no"),
      ("{% if a is 1 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if missing %}yes{% else %}no{% endif %}", "no"),
      ("{% if missing == None %}yes{% else %}no{% endif %}", "yes"),
      ("{% if missing is None %}yes{% else %}no{% endif %}", "yes"),
      ("{% if not missing %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a == 1 == True %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a < 2 < 3 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a in l and n or t %}yes{% else %}no{% endif %}", "yes"),
      ("{% if not a or b %}yes{% else %}no{% endif %}", "yes"),
      ("{% if not a == 1 %}yes{% else %}no{% endif %}", "no"),
      (#"{% if a == 'x' or s == "abc" %}yes{% else %}no{% endif %}"#, "yes"),
      ("{% if l < 5 %}yes{% else %}no{% endif %}", "no"),
      ("{% if l == l %}yes{% else %}no{% endif %}", "yes"),
      ("{% if l is l %}yes{% else %}no{% endif %}", "yes"),
      ("{% if d == d %}yes{% else %}no{% endif %}", "yes"),
      ("{% if s > 'abb' %}yes{% else %}no{% endif %}", "yes"),
      ("{% if 'a' in s %}yes{% else %}no{% endif %}", "yes"),
      ("{% if 1 in s %}yes{% else %}no{% endif %}", "no"),
      ("{% if e %}yes{% else %}no{% endif %}", "no"),
      ("{% if d %}yes{% else %}no{% endif %}", "yes"),
      ("{% if x > 1 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if big > 5 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if big == big %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a|add:1 == 2 %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a|default:missing %}yes{% else %}no{% endif %}", "no"),
      ("{% if not a|default:missing %}yes{% else %}no{% endif %}", "no"),
      ("{% if a or a|default:missing %}yes{% else %}no{% endif %}", "yes"),
      ("{% if True %}yes{% else %}no{% endif %}", "yes"),
      ("{% if None %}yes{% else %}no{% endif %}", "no"),
      ("{% if '' == missing %}yes{% else %}no{% endif %}", "no"),
      ("{% if 0 %}yes{% else %}no{% endif %}", "no"),
      ("{% if '0' %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a and not n %}yes{% else %}no{% endif %}", "yes"),
      ("{% if not not a %}yes{% else %}no{% endif %}", "yes"),
      ("{% if a in 5 %}yes{% else %}no{% endif %}", "no"),
      ("{% if 'x' not in 5 %}yes{% else %}no{% endif %}", "no"),
    ])
  func isJudgedAsPythonDoes(source: String, output: String) throws {
    #expect(try Sample.render(source) == output)
  }

  @Test(
    arguments: [
      ("{% if a and %}yes{% else %}no{% endif %}", "Unexpected end of expression in if tag."),
      (
        "{% if and a %}yes{% else %}no{% endif %}",
        "Not expecting 'and' in this position in if tag."
      ),
      ("{% if a == %}yes{% else %}no{% endif %}", "Unexpected end of expression in if tag."),
      ("{% if not %}yes{% else %}no{% endif %}", "Unexpected end of expression in if tag."),
      ("{% if a b %}yes{% else %}no{% endif %}", "Unused 'b' at end of if expression."),
      (
        "{% if (a) %}yes{% else %}no{% endif %}",
        "Could not parse the remainder: '(a)' from '(a)'"
      ),
      ("{% if a=1 %}yes{% else %}no{% endif %}", "Could not parse the remainder: '=1' from 'a=1'"),
      (
        "{% if a not %}yes{% else %}no{% endif %}",
        "Not expecting 'not' as infix operator in if tag."
      ),
      (
        "{% if is a %}yes{% else %}no{% endif %}",
        "Not expecting 'is' in this position in if tag."
      ),
      ("{% if a is not %}yes{% else %}no{% endif %}", "Unexpected end of expression in if tag."),
      ("{% if a not in %}yes{% else %}no{% endif %}", "Unexpected end of expression in if tag."),
      (
        "{% if a is in l %}yes{% else %}no{% endif %}",
        "Not expecting 'in' in this position in if tag."
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source) == message)
  }
}
