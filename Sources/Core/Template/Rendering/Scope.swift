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

  /// What a variable stands for: its value, or a loop or block of which its path asks something.
  package enum Finding {
    case value(TemplateValue)
    case loop(Int)
    case block(BlockTag, isChained: Bool)
  }

  /// Nil where the root of the variable is not bound, or its path leads nowhere.
  func find(_ variable: Variable) -> Finding? {
    guard let place = place(of: variable.names[0], from: 0) else {
      return context.value(at: variable.names).map { .value($0) }
    }
    switch bindings[place].binding {
    case .value(let value):
      return value.member(at: variable.names, from: 1).map { .value($0) }
    case .loop(let depth): return .loop(depth)
    case .block(let block, let isChained): return .block(block, isChained: isChained)
    }
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
