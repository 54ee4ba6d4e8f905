import Testing

@testable import Core

struct EnvelopeTests {
  @Test(arguments: [
    ("html", #"{"type":"html_message","html":"<b>"}"#),
    ("actioncable", #"{"type":"action_cable_message","group":"g","message":"<b>"}"#),
    (#"{"type":"x","body":"{html}"}"#, #"{"type":"x","body":"<b>"}"#),
    (
      #" {"type":"x","to":["{group}",{"h":"a{html}z{html}"}],"n":1.0}"#,
      #"{"type":"x","to":["g",{"h":"a<b>z<b>"}],"n":1.0}"#
    ),
    (#"{"type":"x","body":"{{html}} {other}"}"#, #"{"type":"x","body":"{<b>} {other}"}"#),
  ])
  func wrapsTheHTML(text: String, expected: String) throws {
    let message = try Envelope(text).message(html: "<b>", group: try GroupName("g"))
    #expect(Value.object(message.fields).json == expected)
  }

  @Test func leavesPlacesInsideTheHTMLAlone() throws {
    let envelope = try Envelope(#"{"type":"x","body":"{html}{group}"}"#)
    let message = try envelope.message(html: "{group}{html}", group: try GroupName("g"))
    #expect(message.fields["body"] == .string("{group}{html}g"))
  }

  @Test(arguments: ["html", "actioncable", #"{"type":"x","to":[{"h":"{html}"}]}"#])
  func findsTheHTMLAgain(text: String) throws {
    let envelope = try Envelope(text)
    let message = try envelope.message(html: "<b>", group: try GroupName("g"))
    #expect(envelope.html(in: message.fields) == "<b>")
    #expect(envelope.html(in: ["type": .string("other")]) == nil)
  }

  @Test(arguments: [
    ("xml", Envelope.Fault.unknown),
    ("", .unknown),
    (#"{"type":"x"}"#, .noPlace),
    (#"{"type":"{group}"}"#, .noPlace),
    (#"{"type":"#, .json(JSONError(reason: .unexpectedEnd, offset: 8))),
  ])
  func refusesWhatCarriesNoHTML(text: String, fault: Envelope.Fault) {
    #expect(throws: fault) { try Envelope(text) }
  }

  @Test(arguments: [("html", "turbo_stream.chat_{id}"), ("actioncable", "chat_{id}")])
  func knowsItsChats(text: String, pattern: String) throws {
    #expect(try Envelope(text).chatGroup == pattern)
  }
}
