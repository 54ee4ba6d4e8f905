/// One rendering of a template: the output so far, and all that changes on the way.
package struct Rendering: ~Copyable {
  /// How deep templates may include and extend one another.
  package static let depthLimit = 64
  /// The most that a rendering may produce, in bytes.
  package static let outputLimit = 64 << 20

  package let engine: Engine
  package var scope: Scope
  /// What filters see; tags change it for their bodies.
  package var filterContext: FilterContext
  /// What tags remember, innermost template last; a template that extends another shares its state.
  package var states = [RenderState()]
  /// The loops that are running, innermost last.
  package var loops: [LoopState] = []
  /// What `get_current_language` gives.
  package var language: TemplateValue
  private var output: [UInt8] = []
  /// The templates that include or extend one another down to this one.
  private var chain: [Template] = []
  private let limit: RenderingLimit?
  /// Lists of nodes to render before the clock is looked at again.
  private var untilLook = Self.lookInterval
  private static let lookInterval = 64

  init(engine: Engine, context: Mapping, limit: RenderingLimit? = nil) {
    self.engine = engine
    self.limit = limit
    scope = Scope(context)
    filterContext = engine.settings.filterContext
    language = .string(engine.settings.languageCode)
    output.reserveCapacity(engine.usualSize)
  }

  /// The whole output.
  consuming func finish() -> [UInt8] { output }

  package mutating func write(_ text: String) {
    output.append(contentsOf: text.utf8)
  }

  package mutating func write(_ bytes: [UInt8]) {
    output.append(contentsOf: bytes)
  }

  /// Writes a value as `{{ }}` does: localized, and escaped unless safe (`render_value_in_context`).
  package mutating func write(_ value: TemplateValue) {
    switch value {
    case .string(let text, let safe):
      if safe || !filterContext.autoescape {
        write(text)
      } else {
        output.append(htmlEscaping: text)
      }
    case .integer(let integer): write(String(integer))
    default:
      let text = value.localizedText(filterContext)
      if filterContext.autoescape { output.append(htmlEscaping: text) } else { write(text) }
    }
  }

  /// What `write` would write, as text that is safe where it was escaped.
  package func printed(_ value: TemplateValue) -> TemplateValue {
    let text = value.localizedText(filterContext)
    guard filterContext.autoescape else { return .string(text, safe: value.isSafe) }
    return .string(value.isSafe ? text : text.htmlEscaped, safe: true)
  }

  package mutating func render(_ nodes: [Node]) throws(TemplateError) {
    untilLook &-= 1
    if untilLook == 0 { try lookAtClock() }
    // A span lends its elements; a loop over the array would count a reference to each.
    let span = nodes.span
    for index in span.indices { try span[index].render(into: &self) }
    guard output.count <= Self.outputLimit else {
      throw TemplateError(.outputTooLarge(limit: Self.outputLimit), at: nil)
    }
  }

  private mutating func lookAtClock() throws(TemplateError) {
    untilLook = Self.lookInterval
    guard let limit, limit.hasPassed() else { return }
    throw TemplateError(.tooSlow(seconds: limit.seconds), at: nil)
  }

  /// What `nodes` render, apart from the output.
  package mutating func captured(_ nodes: [Node]) throws(TemplateError) -> String {
    let outer = exchange(&output, with: [])
    try render(nodes)
    return String(decoding: exchange(&output, with: outer), as: UTF8.self)
  }

  /// Renders `body` in a frame of its own.
  package mutating func renderInFrame(
    _ body: [Node], with bindings: [(name: String, value: TemplateValue)]
  ) throws(TemplateError) {
    scope.push()
    for (name, value) in bindings { scope.set(name, value) }
    try render(body)
    scope.pop()
  }

  /// Goes one template deeper while `body` runs.
  package mutating func descend(
    into template: Template, from location: TemplateError.Location,
    _ body: (inout Rendering) throws(TemplateError) -> Void
  ) throws(TemplateError) {
    guard chain.count < Self.depthLimit else {
      let isCycle = chain.contains { $0 === template }
      let reason: TemplateError.Reason =
        isCycle
        ? .templateCycle(template.name ?? "", limit: Self.depthLimit)
        : .tooManyTemplates(limit: Self.depthLimit)
      throw TemplateError(reason, at: location)
    }
    chain.append(template)
    try body(&self)
    chain.removeLast()
  }
}

/// What the tags of one template remember between renderings of them (`RenderContext`).
package struct RenderState: Sendable {
  /// How often each `cycle` was asked for its next value.
  package var cycles: [NodeID: Int] = [:]
  /// What each `ifchanged` saw last.
  package var changes: [NodeID: [TemplateValue]] = [:]
  /// The blocks of the templates that extend one another, the outermost parent's first.
  package var blocks: [String: [BlockTag]]?
  /// The files that took part in extending.
  package var extended: [String] = []

  package init() {}
}

/// One running `for` loop.
package struct LoopState: Sendable {
  package let parent: Scope.Binding?
  package let count: Int
  package var index = 0
  /// What each `ifchanged` inside of the loop saw last.
  package var changes: [NodeID: [TemplateValue]] = [:]
}
