import Testing

@testable import Core

@Suite struct BlockTranslateTagTests {
  @Test(
    arguments: [
      ("{% blocktrans %}hi {{ b }} 100%{% endblocktrans %}", "hi &lt;b&gt;&amp;&#x27;&quot; 100%"),
      (
        "{% blocktrans count n=l|length %}one {{ n }}{% plural %}many {{ n }}{% endblocktrans %}",
        "many 3"
      ),
      (
        "{% blocktrans count c=a %}one {{ c }}{% plural %}many {{ c }}{% endblocktrans %}",
        "one 1"
      ),
      ("{% blocktrans count c=t %}one {{ c }}{% plural %}many{% endblocktrans %}", "one True"),
      (
        "{% blocktrans trimmed %}\n  a\n   b {{ a }} \n  c\n\n d {{ a }}\n{% endblocktrans %}|",
        "a b 1 c d 1|"
      ),
      (
        "{% blocktrans asvar q %}x{{ b }}{% endblocktrans %}[{{ q }}]",
        "[x&lt;b&gt;&amp;&#x27;&quot;]"
      ),
      (
        "{% blocktrans with a as z and b as y %}{{ z }}{{ y }}{% endblocktrans %}",
        "1&lt;b&gt;&amp;&#x27;&quot;"
      ),
      ("{% blocktrans count a as z %}{{ z }}{% plural %}{{ z }}s{% endblocktrans %}", "1"),
      ("{% blocktrans %}{{ a|upper }}{{ d.k }}{{ True }}{% endblocktrans %}", "True"),
      ("{% blocktrans context 'x' %}y%%{% endblocktrans %}", "y%%"),
      ("{% blocktrans count c=a %}one{% plural %}{% endblocktrans %}", "one"),
      ("{% blocktrans count c=six %}one{% plural %}x{{ c }}{% endblocktrans %}", "x6.0"),
      ("{% blocktrans %}%(a)s %% {{ s }}{% endblocktrans %}", "%(a)s %% abc"),
      ("{% blocktrans count c=a trimmed %}\n one\n{% plural %}\n x\n{% endblocktrans %}|", "one|"),
      (
        "{% autoescape off %}{% blocktrans %}{{ b }}{% endblocktrans %}{% endautoescape %}",
        #"<b>&'""#
      ),
    ])
  func givesTheTextWithItsValues(source: String, output: String) throws {
    #expect(try Sample.render(source, libraries: ["i18n"]) == output)
  }

  @Test(
    arguments: [
      (
        "{% blocktrans count c=s %}one {{ c }}{% plural %}many{% endblocktrans %}",
        "'c' argument to 'blocktrans' tag must be a number."
      ),
      (
        "{% blocktrans count c=a %}one{% endblocktrans %}",
        "'blocktrans' doesn't allow other block tags inside it"
      ),
      (
        "{% blocktrans %}{% if a %}{% endif %}{% endblocktrans %}",
        "'blocktrans' doesn't allow other block tags (seen 'if a') inside it"
      ),
      (
        "{% blocktrans with %}{% endblocktrans %}",
        #""with" in 'blocktrans' tag needs at least one keyword argument."#
      ),
      (
        "{% blocktrans count %}{% endblocktrans %}",
        #""count" in 'blocktrans' tag expected exactly one keyword argument."#
      ),
      (
        "{% blocktrans count a=1 b=2 %}{% endblocktrans %}",
        #""count" in 'blocktrans' tag expected exactly one keyword argument."#
      ),
      ("{% blocktrans foo %}{% endblocktrans %}", "Unknown argument for 'blocktrans' tag: 'foo'."),
      (
        "{% blocktrans context %}{% endblocktrans %}",
        #""context" in 'blocktrans' tag expected exactly one argument."#
      ),
      (
        "{% blocktrans asvar %}{% endblocktrans %}",
        "No argument provided to the 'blocktrans' tag for the asvar option."
      ),
      (
        "{% blocktrans trimmed trimmed %}{% endblocktrans %}",
        "The 'trimmed' option was specified more than once."
      ),
      (
        "{% blocktrans %}",
        "'blocktrans' doesn't allow other block tags (seen 'blocktrans') inside it"
      ),
      (
        "{% blocktrans %}x{% endblocktranslate %}",
        "'blocktrans' doesn't allow other block tags (seen 'endblocktranslate') inside it"
      ),
      (
        "{% blocktrans count c=l %}one{% plural %}x{% endblocktrans %}",
        "'c' argument to 'blocktrans' tag must be a number."
      ),
      (
        "{% blocktrans %}a{# c #}b{% endblocktrans %}",
        "'blocktrans' doesn't allow other block tags (seen 'c') inside it"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.message(source, libraries: ["i18n"]) == message)
  }
}
