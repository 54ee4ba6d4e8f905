extension Rendering {
  /// What a missing variable is worth.
  package enum Missing {
    /// `string_if_invalid`; an error where variables are strict.
    case invalid
    /// None; an error where variables are strict.
    case none
    /// None: whether it is there is what the tag asks.
    case asked
  }

  /// The value of an expression, filters applied (`FilterExpression.resolve`).
  package mutating func resolve(
    _ expression: FilterExpression, missing: Missing = .invalid
  ) throws(TemplateError) -> TemplateValue {
    var value: TemplateValue
    switch expression.operand {
    case .constant(let constant): value = constant
    case .variable(let variable):
      if let found = try lookup(variable, at: expression.location) {
        value = found
      } else {
        try refuseIfStrict(variable, of: expression, missing: missing)
        let invalid = engine.settings.stringIfInvalid
        // A text in its place is not filtered.
        if case .invalid = missing, !invalid.isEmpty {
          return .string(invalid.replacing("%s", by: variable.text))
        }
        value = if case .invalid = missing { .string("") } else { .none }
      }
    }
    for call in expression.calls { value = try apply(call, to: value, at: expression.location) }
    return value
  }

  private mutating func apply(
    _ call: FilterExpression.Call, to value: TemplateValue, at location: TemplateError.Location
  ) throws(TemplateError) -> TemplateValue {
    let argument: TemplateValue? =
      switch call.argument {
      case nil: nil
      case .constant(let constant)?: constant
      case .variable(let variable)?: try required(variable, at: location)
      }
    do {
      let result = try call.filter.function(value, argument, filterContext)
      guard call.filter.isSafe, value.isSafe, !result.isSafe else { return result }
      return .string(result.text, safe: true)
    } catch {
      throw TemplateError(error, at: location)
    }
  }

  /// The value of a variable that has to be there.
  package mutating func required(
    _ variable: Variable, at location: TemplateError.Location
  ) throws(TemplateError) -> TemplateValue {
    guard let value = try lookup(variable, at: location) else {
      throw TemplateError(.missingVariable(variable.text), at: location)
    }
    return value
  }

  /// The value of a variable, or nil (`Variable._resolve_lookup`).
  package mutating func lookup(
    _ variable: Variable, at location: TemplateError.Location
  ) throws(TemplateError) -> TemplateValue? {
    switch scope.find(variable) {
    case .value(let value)?: return value
    case .loop(let depth)?: return loopMember(depth, path: variable.names[1...])
    case .block(let block, let isChained)?:
      guard variable.names.count > 1 else { return .string(block.description) }
      switch variable.names[1] {
      case "super":
        let text = try superBlock(of: block, isChained: isChained, at: location)
        return text.member(at: variable.names, from: 2)
      case "name":
        return TemplateValue.string(block.name).member(at: variable.names, from: 2)
      default: return nil
      }
    case nil: return variable.names.count == 1 ? Self.builtIn(variable.text) : nil
    }
  }

  private static func builtIn(_ name: String) -> TemplateValue? {
    switch name {
    case "True": .bool(true)
    case "False": .bool(false)
    case "None": TemplateValue.none
    default: nil
    }
  }

  private func refuseIfStrict(
    _ variable: Variable, of expression: FilterExpression, missing: Missing
  ) throws(TemplateError) {
    guard engine.settings.strictVariables else { return }
    if case .asked = missing { return }
    if let first = expression.calls.first?.filter.name,
      first == "default" || first == "default_if_none"
    {
      return
    }
    throw TemplateError(.undefinedVariable(variable.text), at: expression.location)
  }
}

// MARK: forloop

extension Rendering {
  private func loopMember(_ depth: Int, path: ArraySlice<String>) -> TemplateValue? {
    guard let name = path.first else { return .dictionary(loopDictionary(depth)) }
    let loop = loops[depth]
    let rest = path.dropFirst()
    let value: TemplateValue
    switch name {
    case "counter": value = .integer(loop.index + 1)
    case "counter0": value = .integer(loop.index)
    case "revcounter": value = .integer(loop.count - loop.index)
    case "revcounter0": value = .integer(loop.count - loop.index - 1)
    case "first": value = .bool(loop.index == 0)
    case "last": value = .bool(loop.index == loop.count - 1)
    case "parentloop":
      if case .loop(let parent)? = loop.parent { return loopMember(parent, path: rest) }
      value = parentLoop(of: loop)
    default: return TemplateValue.dictionary(loopDictionary(depth)).member(at: Array(path))
    }
    return rest.isEmpty ? value : value.member(at: Array(rest))
  }

  private func parentLoop(of loop: LoopState) -> TemplateValue {
    switch loop.parent {
    case .value(let value)?: value
    case .loop(let depth)?: .dictionary(loopDictionary(depth))
    case .block?, nil: .dictionary([:])
    }
  }

  private func loopDictionary(_ depth: Int) -> Mapping {
    let loop = loops[depth]
    return [
      "parentloop": parentLoop(of: loop),
      "counter0": .integer(loop.index),
      "counter": .integer(loop.index + 1),
      "revcounter": .integer(loop.count - loop.index),
      "revcounter0": .integer(loop.count - loop.index - 1),
      "first": .bool(loop.index == 0),
      "last": .bool(loop.index == loop.count - 1),
    ]
  }
}
