import Core

extension Fuzz {
  private static let libraries = [
    "cache", "humanize", "i18n", "l10n", "static", "turbo_helper", "tz",
  ]

  private static let engine: Engine? = {
    var settings = Engine.Settings(now: { 1_700_000_000_000_000 })
    settings.builtIns = libraries
    settings.urls = ["chat": ["chat/<int:pk>/"], "home": [""]]
    return try? Engine(settings)
  }()

  /// A text is a template, or has errors at places within it.
  static let template: Target = { input in
    guard let engine else { preconditionFailure("template: a library is unknown") }
    let text = String(decoding: input, as: UTF8.self)
    do throws(TemplateError) {
      _ = try engine.template(source: text)
    } catch {
      check(error, in: text)
    }
    for problem in engine.review(Array(text.utf8), name: "input").problems {
      check(problem, in: text)
    }
  }

  private static func check(_ error: TemplateError, in text: String) {
    _ = (error.message, error.hint)
    guard let location = error.location else { return }
    let source = Array(text.utf8)
    let lines = source.count { $0 == UInt8(ascii: "\n") } + 1
    let position = location.position(in: source)
    precondition(location.offset <= source.count, "template: an error beyond the text")
    precondition(1...lines ~= position.line, "template: an error beyond the last line")
  }

  private static let context = #"""
    {"a": 1, "b": "<b>&'\"", "n": null, "t": true, "x": 1.5, "l": [1, 2, "three"], "e": [],
     "d": {"k": "v", "items": 3}, "big": 100000000000000000000, "p": [{"n": "A", "g": 1}, {"n": "B", "g": 2}],
     "when": "2024-02-29T23:59:59+02:00"}
    """#

  /// A template renders, or says why not: with nothing, and with a value of each kind.
  static let render: Target = { input in
    let text = String(decoding: input, as: UTF8.self)
    guard let engine, isShort(text), let template = try? engine.template(source: text) else {
      return
    }
    let filled = (try? JSONReader.read(Array(context.utf8)))?.object ?? [:]
    for context: Object in [[:], filled] {
      do throws(TemplateError) {
        _ = try engine.render(template, context)
      } catch {
        check(error, in: text)
      }
    }
  }

  /// A few loops within one another, or a width of many digits, take for ever in Django too.
  private static func isShort(_ text: String) -> Bool {
    text.split(separator: "for", maxSplits: 4).count < 4
      && !text.split(whereSeparator: { !$0.isNumber }).contains { $0.count > 5 }
  }
}
