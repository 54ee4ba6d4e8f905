/// The door of the room: finds, parses and renders templates (`django/template/engine.py Engine`).
///
/// It keeps what it has parsed, and belongs to one task.
package final class Engine {
  package let settings: Settings
  let loader: TemplateLoader
  private let builtIns: Library
  private var cache: [String: Template] = [:]
  private var parsed = 0
  /// The capacity that the last rendering needed: most often the next one needs as much.
  private(set) var usualSize = 0

  /// - Throws: a `builtins` entry that is no shipped library.
  package init(_ settings: Settings) throws(TemplateError) {
    self.settings = settings
    loader = TemplateLoader(settings.directories)
    var builtIns = Library.builtIn
    do {
      for name in settings.builtIns { builtIns.add(try Library.shipped(name)) }
    } catch {
      throw TemplateError(error, at: nil)
    }
    self.builtIns = builtIns
  }

  /// The template of that name on the search path, parsed once; `skipping` files at those paths.
  package func template(
    named name: String, skipping skipped: [String] = []
  ) throws(TemplateError) -> Template {
    if let template = cache[name], !skipped.contains(where: { $0 == template.path }) {
      return template
    }
    let file: (path: String, source: [UInt8])
    do {
      file = try loader.find(name, skipping: skipped)
    } catch {
      throw TemplateError(error, at: nil)
    }
    let template = try parse(file.source, name: name, path: file.path)
    if skipped.isEmpty { cache[name] = template }
    return template
  }

  /// The text of the template that an error is in, to show the place.
  package func source(of location: TemplateError.Location) -> [UInt8]? {
    guard let name = location.template else { return nil }
    return try? loader.find(name, skipping: []).source
  }

  /// A template that is given as text; `name` is what errors call it.
  package func template(
    source: String, name: String? = nil
  ) throws(TemplateError) -> Template {
    try parse(Array(source.utf8), name: name, path: nil)
  }

  /// The output for a context, as UTF-8.
  package func render(
    _ template: Template, _ context: Object, within limit: RenderingLimit? = nil
  ) throws(TemplateError) -> [UInt8] {
    var rendering = Rendering(engine: self, context: Mapping(context), limit: limit)
    try rendering.render(template.nodes)
    let output = rendering.finish()
    usualSize = output.capacity
    return output
  }

  private func parse(
    _ source: [UInt8], name: String?, path: String?
  ) throws(TemplateError) -> Template {
    var parser = parser(of: source, name: name, path: path)
    let nodes = try parser.parse()
    return Template(name: name, path: path, nodes: nodes, blocks: parser.blocks)
  }

  func parser(of source: [UInt8], name: String?, path: String?) -> Parser {
    parsed += 1
    return Parser(source, template: name, path: path, id: parsed, library: builtIns)
  }
}
