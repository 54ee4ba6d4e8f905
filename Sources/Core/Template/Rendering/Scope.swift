/// The variables in sight: a stack of frames over the context (`django/template/context.py Context`).
package struct Scope: Sendable {
  /// What a name stands for.
  package enum Binding: Sendable {
    case value(TemplateValue)
    /// `forloop`: the loop at this depth, whose members are computed when asked for.
    case loop(Int)
    /// `block`, for `{{ block.super }}`; chained where a child template may override it.
    case block(BlockTag, isChained: Bool)
  }

  /// The bottom: what the caller gave.
  private var context: Mapping
  /// All frames one after another, so that a frame costs no allocation.
  private var bindings: [(name: String, binding: Binding)] = []
  private var frameStarts: [Int] = []

  package init(_ context: Mapping) {
    self.context = context
  }

  package subscript(name: String) -> Binding? {
    if let place = place(of: name, from: 0) { return bindings[place].binding }
    return context[name].map { .value($0) }
  }

  /// Opens a frame; what is set from now on is gone with it.
  package mutating func push() {
    frameStarts.append(bindings.count)
  }

  package mutating func pop() {
    if let start = frameStarts.popLast() { bindings.removeSubrange(start...) }
  }

  /// Sets a name in the innermost frame.
  package mutating func set(_ name: String, _ binding: Binding) {
    if let place = place(of: name, from: frameStarts.last ?? 0) {
      bindings[place].binding = binding
    } else {
      bindings.append((name, binding))
    }
  }

  package mutating func set(_ name: String, _ value: TemplateValue) {
    set(name, .value(value))
  }

  /// Sets a name where it is bound already, or else in the innermost frame (`Context.set_upward`).
  package mutating func setUpward(_ name: String, _ value: TemplateValue) {
    if let place = place(of: name, from: 0) {
      bindings[place].binding = .value(value)
    } else if context[name] != nil {
      context[name] = value
    } else {
      set(name, value)
    }
  }

  private func place(of name: String, from start: Int) -> Int? {
    var place = bindings.count
    while place > start {
      place -= 1
      if bindings[place].name.hasSameBytes(as: name) { return place }
    }
    return nil
  }
}
