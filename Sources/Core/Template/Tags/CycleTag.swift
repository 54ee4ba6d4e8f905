/// `{% cycle a b as name silent %}`: the next of its values at each rendering.
package struct CycleTag: Sendable {
  private let id: NodeID
  private let values: [FilterExpression]
  private let name: String?
  private let isSilent: Bool

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count >= 2 else { throw token.error(.cycleArgumentCount) }
    if words.count == 2 {
      guard !parser.namedCycles.isEmpty else { throw token.error(.noNamedCycles(words[1])) }
      guard let named = parser.namedCycles[words[1]] else {
        throw token.error(.unknownNamedCycle(words[1]))
      }
      return .cycle(named)
    }
    let tag = try CycleTag(words, in: token, &parser)
    if let name = tag.name { parser.namedCycles[name] = tag }
    parser.lastCycle = tag.id
    return .cycle(tag)
  }

  private init(_ words: [String], in token: Token, _ parser: inout Parser) throws(TemplateError) {
    var values = words.dropFirst()
    var name: String?
    var isSilent = false
    if words.count > 4, words[words.count - 3] == "as" {
      guard words.last == "silent" else { throw token.error(.cycleFlag(words.last ?? "")) }
      name = words[words.count - 2]
      isSilent = true
      values.removeLast(3)
    } else if words.count > 4, words[words.count - 2] == "as" {
      name = words.last
      values.removeLast(2)
    }
    self.values = try values.map { (word) throws(TemplateError) in
      try parser.expression(word, in: token)
    }
    self.name = name
    self.isSilent = isSilent
    id = parser.newID()
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let turn = rendering.nextTurn(of: id)
    let value = try rendering.resolve(values[turn % values.count])
    if let name { rendering.scope.setUpward(name, value) }
    if !isSilent { rendering.write(value) }
  }
}

/// `{% resetcycle name %}`: the cycle begins again.
package enum ResetCycleTag {
  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count <= 2 else { throw token.error(.resetCycleArgumentCount(words[0])) }
    guard words.count == 2 else {
      guard let last = parser.lastCycle else { throw token.error(.noCycles) }
      return .resetCycle(last)
    }
    guard case .some(let cycle) = parser.namedCycles[words[1]] else {
      throw token.error(.noSuchCycle(words[1]))
    }
    return .resetCycle(cycle.identity)
  }
}

extension CycleTag {
  fileprivate var identity: NodeID { id }
}

extension Rendering {
  fileprivate mutating func nextTurn(of cycle: NodeID) -> Int {
    let turn = states[states.count - 1].cycles[cycle, default: 0]
    states[states.count - 1].cycles[cycle] = turn + 1
    return turn
  }

  mutating func resetCycle(_ cycle: NodeID) {
    states[states.count - 1].cycles[cycle] = 0
  }
}
