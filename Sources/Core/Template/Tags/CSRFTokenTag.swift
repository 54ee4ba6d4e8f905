/// `{% csrf_token %}`: empty, since no request is answered, unless the context has a token.
package enum CSRFTokenTag {
  static func render(into rendering: inout Rendering) {
    guard case .value(let token)? = rendering.scope["csrf_token"], token.isTrue,
      token.text != "NOTPROVIDED"
    else { return }
    let text = token.isSafe ? token.text : token.text.htmlEscaped
    rendering.write(#"<input type="hidden" name="csrfmiddlewaretoken" value="\#(text)">"#)
  }
}
