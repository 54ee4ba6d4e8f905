import Testing

@testable import Core

@Suite struct ExtendsTagTests {
  @Test(
    arguments: [
      ("{% extends 'base.html' %}", "<AC|B1>\n"),
      ("  {% extends 'base.html' %}", "  <AC|B1>\n"),
      ("{# c #}{% extends 'base.html' %}", "<AC|B1>\n"),
      ("@mid.html", "<mid(AC)|B1>\n"),
      ("@sub/x.html", "yx[1&lt;b&gt;&amp;&#x27;&quot;x]z"),
      ("@crlf.html", "a\nb\nc\n"),
      ("@if.html", "<1|B1>\n"),
    ])
  func rendersTheParentWithItsBlocks(source: String, output: String) throws {
    #expect(try Sample.renderFiles(source) == output)
  }

  @Test(
    arguments: [
      (
        "{{ a }}{% extends 'base.html' %}",
        "{% extends 'base.html' %} must be the first tag in the template."
      ),
      (
        "{% extends 'base.html' %}{% extends 'base.html' %}",
        "'extends' cannot appear more than once in the same template"
      ),
      ("{% extends 'nope.html' %}", "nope.html"),
      ("{% extends %}", "'extends' takes one argument"),
      (
        "{% extends missing %}",
        "Invalid template name in 'extends' tag: ''. Got this from the 'missing' variable."
      ),
      (
        "{% extends n %}",
        "Invalid template name in 'extends' tag: None. Got this from the 'n' variable."
      ),
      (
        "{% extends a %}",
        "TypeError: join() argument must be str, bytes, or os.PathLike object, not 'int'"
      ),
      (
        "{% extends l %}",
        "TypeError: join() argument must be str, bytes, or os.PathLike object, not 'list'"
      ),
      ("{% extends s|add:'x' %}", "abcx"),
      ("{% extends ''%}", "Invalid template name in 'extends' tag: ''."),
      ("{% extends 'base.html' 'x' %}", "'extends' takes one argument"),
      ("@bad.html", "Unexpected end of expression in if tag."),
      (
        "{% if a %}{% extends 'base.html' %}{% endif %}",
        "Invalid block tag on line 1: 'endif'. Did you forget to register or load this tag?"
      ),
      (
        "{% load i18n %}{% extends 'base.html' %}",
        "{% extends 'base.html' %} must be the first tag in the template."
      ),
      (
        "{% extends './base.html' %}",
        "AttributeError: 'NoneType' object has no attribute 'lstrip'"
      ),
    ])
  func isRefused(source: String, message: String) {
    #expect(Sample.messageWithFiles(source) == message)
  }
}
