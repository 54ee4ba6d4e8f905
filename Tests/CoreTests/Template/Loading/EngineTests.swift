import Testing

@testable import Core

@Suite struct EngineTests {
  private static func settings(_ change: (inout Engine.Settings) -> Void) -> Engine.Settings {
    var settings = Sample.settings
    change(&settings)
    return settings
  }

  @Test(
    arguments: [
      ("{{ nope }}|{{ nope|upper }}|{{ a.b.c }}", "?nope|?nope|?a.b.c"),
      ("{% if nope %}1{% else %}0{% endif %}{% firstof nope 'x' %}", "0x"),
      ("{% for i in nope %}{% empty %}none{% endfor %}", "none"),
      ("{% with x=nope %}{{ x }}{% endwith %}", "?nope"),
    ])
  func printsTheTextForMissingVariables(source: String, output: String) throws {
    let settings = Self.settings { $0.stringIfInvalid = "?%s" }
    #expect(try Sample.render(source, settings) == output)
  }

  @Test(
    arguments: [
      "{{ nope }}", "{{ a.nope }}", "{{ nope|upper }}", "{% for i in nope %}{% endfor %}",
      "{% with x=nope %}{% endwith %}", "{% include nope %}",
    ])
  func namesAMissingVariableWhereVariablesAreStrict(source: String) {
    let settings = Self.settings { $0.strictVariables = true }
    let name = source.contains("a.nope") ? "a.nope" : "nope"
    let error = Sample.failure { try Sample.render(source, settings) }
    #expect(error?.reason == .undefinedVariable(name))
    #expect(error?.location == TemplateError.Location(template: nil, offset: 0))
  }

  @Test(
    arguments: [
      ("{% if nope %}1{% else %}0{% endif %}", "0"), ("{{ nope|default:'x' }}", "x"),
      ("{{ nope|default_if_none:'x' }}", ""), ("{% firstof nope 'x' %}", "x"), ("{{ n }}", "None"),
    ])
  func letsATemplateAskWhereVariablesAreStrict(source: String, output: String) throws {
    let settings = Self.settings { $0.strictVariables = true }
    #expect(try Sample.render(source, settings) == output)
  }

  @Test func leavesTextUnescapedWhereTurnedOff() throws {
    let settings = Self.settings { $0.autoescape = false }
    #expect(try Sample.render("{{ b }}{% firstof b %}", settings) == "<b>&'\"<b>&'\"")
  }

  @Test func loadsItsBuiltInLibraries() throws {
    #expect(try Sample.render("{% trans 'x' %}", libraries: ["i18n"]) == "x")
    #expect(Sample.message("x", libraries: ["nope"])?.hasPrefix("'nope' is not") == true)
  }

  @Test func limitsHowDeepTemplatesInclude() throws {
    let cycle = Sample.failure { try Sample.renderFiles("{% include 'inf.html' %}") }
    #expect(cycle?.reason == .templateCycle("inf.html", limit: 64))
    let chain = (0..<70).map { ("\($0)", "{% include '\($0 + 1)' %}") }
    let files = Dictionary(uniqueKeysWithValues: chain + [("70", "end")])
    #expect(throws: TemplateError.self) { try render("0", of: files) }
    #expect(try render("6", of: files) == "end")
  }

  private func render(_ name: String, of files: [String: String]) throws -> String {
    try Sample.withFiles(files) { folder in
      let engine = try Engine(Self.settings { $0.directories = [folder] })
      return String(
        decoding: try engine.render(try engine.template(named: name), [:]), as: UTF8.self)
    }
  }

  @Test func limitsHowDeepTagsNest() {
    func nested(_ depth: Int) -> String {
      String(repeating: "{% if a %}", count: depth)
        + String(repeating: "{% endif %}", count: depth)
    }
    #expect(Sample.message(nested(150)) == nil)
    #expect(Sample.message(nested(100_000)) == "tags are nested too deeply")
    let negations = "{% if " + String(repeating: "not ", count: 100_000) + "a %}{% endif %}"
    #expect(Sample.message(negations) == "tags are nested too deeply")
  }

  @Test func limitsTheOutput() {
    let loop = "{% for i in l %}"
    let source =
      String(repeating: loop, count: 12) + String(repeating: "x", count: 1000)
      + String(repeating: "{% endfor %}", count: 12)
    #expect(Sample.message(source) == "the output is larger than 64 MB")
  }

  @Test(
    arguments: [
      ("a\n {{ a|nope }}", 2, 2), ("{% if a %}\né{% for %}", 2, 2), ("{{ x|default:nope }}", 1, 1),
    ])
  func placesErrors(source: String, line: Int, column: Int) throws {
    let source = source.replacing("{{ x|default:nope }}", by: "{{ a|cut:nope }}")
    let error = try #require(Sample.failure { try Sample.render(source) })
    let position = try #require(error.location).position(in: Array(source.utf8))
    #expect(position == (line, column))
  }

  @Test func namesTheFileOfAnErrorInAnotherTemplate() throws {
    let error = try #require(Sample.failure { try Sample.renderFiles("{% include 'bad.html' %}") })
    #expect(error.location == TemplateError.Location(template: "bad.html", offset: 0))
  }

  @Test(
    arguments: [
      ("{% trans 'x' %}", "{% load i18n %} brings it in"),
      ("{{ a|intcomma }}", "{% load humanize %} brings it in"),
      ("{% fr i in l %}", "did you mean 'for'?"), ("{{ a|uper }}", "did you mean 'upper'?"),
      ("{% load humanise %}", "did you mean 'humanize'?"),
      ("{% load i18 %}", "did you mean 'i18n'?"), ("{% zzzzzzzzzz %}", nil), ("{{ }}", nil),
    ])
  func suggestsWhatCouldBeMeant(source: String, hint: String?) {
    #expect(Sample.failure { try Sample.render(source) }?.hint == hint)
  }
}
