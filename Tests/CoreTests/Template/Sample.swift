import Foundation
import Testing

@testable import Core

/// One context and one set of files, with which the tests of the tags render.
enum Sample {
  static let context = #"""
    {
      "a": 1, "b": "<b>&'\"", "n": null, "t": true, "f": false, "x": 1.5,
      "big": 1000000000000000000000000000000, "l": [1, 2, 3], "e": [],
      "d": {"k": "v", "z": 2, "items": 3}, "s": "abc",
      "people": [{"n": "A", "g": "m", "p": [1, 2]}, {"n": "B", "g": "m", "p": [3]}, {"n": "C", "g": "f", "p": []}],
      "pairs": [[1, 2], [3, 4]], "dd": {"one": 1, "two": 2}, "x_y": 5, "six": 6.0,
      "e16": 1e+16, "name": "it's", "nl": ["nope", "inc.html"], "nl2": ["a", "b"],
      "p": "base.html",
      "node": {"name": "r", "children": [{"name": "1", "children": []}, {"name": "2", "children": [{"name": "3", "children": []}]}]},
      "ll": ["de", "fr", ["he", "Hebrew"]]
    }
    """#

  static let files = [
    "base.html":
      "<{% block a %}A{% block c %}C{% endblock %}{% endblock %}|{% block b %}B{{ a }}{% endblock %}>\n",
    "mid.html": "{% extends 'base.html' %}{% block a %}mid({{ block.super }}){% endblock %}junk",
    "inc.html": "[{{ a }}{{ b }}{{ forloop.counter }}{% cycle 'x' 'y' %}]",
    "sub/x.html": "{% extends './y.html' %}{% block a %}x{% endblock %}",
    "sub/y.html": "y{% block a %}{% endblock %}{% include '../inc.html' %}{% include './z.html' %}",
    "sub/z.html": "z",
    "self.html": "{% extends './self.html' %}",
    "loop1.html": "{% extends 'loop2.html' %}",
    "loop2.html": "{% extends 'loop1.html' %}",
    "rec.html": "{% if n %}{{ n }}{% with n=d %}{% include 'rec.html' %}{% endwith %}{% endif %}",
    "inf.html": "{% include 'inf.html' %}",
    "out.html": "{% include '../x.html' %}",
    "bad.html": "{% if %}",
    "crlf.html": "a\r\nb\rc\n",
    "vs.html": "{% block a %}{{ block.super }}{% endblock %}",
    "tree.html":
      "{{ node.name }}{% for c in node.children %}({% include 'tree.html' with node=c %}){% endfor %}",
    "if.html": "{% extends p %}{% block a %}1{% endblock %}",
    "named": "{% block x %}inc{{ block.super }}{% endblock %}",
  ]

  static var settings: Engine.Settings {
    var settings = Engine.Settings(now: { 1_700_000_000_000_000 })
    settings.urls = [
      "home": [""], "chat": ["chat/<int:pk>/"], "msg": ["chat/<slug:room>/m/<str:who>/"],
    ]
    return settings
  }

  static func render(
    _ source: String, libraries: [String] = [], _ settings: Engine.Settings = settings
  ) throws -> String {
    var settings = settings
    settings.builtIns = libraries
    let engine = try Engine(settings)
    return try engine.text(of: try engine.template(source: source))
  }

  /// What is wrong with a template, as Django words it; nil where it renders.
  static func message(_ source: String, libraries: [String] = []) -> String? {
    failure { try render(source, libraries: libraries) }?.message
  }

  /// As `render`, with the files on the search path; `@name` is one of them.
  static func renderFiles(_ source: String) throws -> String {
    try withFiles(files) { directory in
      var settings = settings
      settings.directories = [directory]
      let engine = try Engine(settings)
      let isName = source.hasPrefix("@")
      let template =
        try isName
        ? engine.template(named: String(source.dropFirst())) : engine.template(source: source)
      return try engine.text(of: template)
    }
  }

  static func messageWithFiles(_ source: String) -> String? {
    failure { try renderFiles(source) }?.message
  }

  static func failure(_ body: () throws -> String) -> TemplateError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? TemplateError
    }
  }

  /// Runs `body` with the path of a folder that holds `files` for so long.
  static func withFiles<Result>(
    _ files: [String: String], _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString, isDirectory: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, source) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(source.utf8).write(to: file)
    }
    return try body(folder.path)
  }
}

extension Engine {
  fileprivate func text(of template: Template) throws -> String {
    let context = try JSONReader.read(Array(Sample.context.utf8)).object ?? [:]
    return String(decoding: try render(template, context), as: UTF8.self)
  }
}
