import Testing

@testable import Core

/// A variable with filters, or a whole template; the context as JSON; and what Django 5.2 makes of
/// it: its output, or the name of the exception that it raises.
typealias FilterCase = (template: String, context: String, expected: String)

/// Renders on 14 November 2023, 22:13:20.123456 in UTC, in Paris.
func rendered(_ test: FilterCase) throws -> String {
  var settings = Engine.Settings { 1_700_000_000_123_456 }
  settings.timeZone = try #require(Zone(named: "Europe/Paris"))
  settings.builtIns = ["humanize", "l10n", "tz"]
  let engine = try Engine(settings)
  let isWhole = test.template.hasPrefix("{")
  let template = try engine.template(source: isWhole ? test.template : "{{ \(test.template) }}")
  let context = try #require(try JSONReader.read(Array(test.context.utf8)).object)
  return String(decoding: try engine.render(template, context), as: UTF8.self)
}

func expectOutput(_ test: FilterCase) throws {
  let output = try rendered(test)
  #expect(output.hasSameBytes(as: test.expected), "\(output.debugDescription)")
}

func expectException(_ test: FilterCase) {
  let error = #expect(throws: TemplateError.self) { try rendered(test) }
  guard case .exception(let type, _)? = error?.reason else {
    Issue.record("\(String(describing: error)) is no exception of Python")
    return
  }
  #expect(type == test.expected)
}
