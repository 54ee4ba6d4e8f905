/// Tokens to nodes: a tag is parsed by the function of its name (`django/template/base.py Parser`).
package struct Parser {
  /// Deeper nesting than Python's own stack allows Django.
  private static let depthLimit = 200

  package let template: String?
  /// The file of the template.
  package let path: String?
  private let id: Int
  private let tokens: [Token]
  private var next = 0
  private var nodeCount = 0
  private var openTags: [Token] = []
  /// All that was wrong so far, where a template is checked; nil where the first error ends it.
  private var problems: [TemplateError]?
  private var refusedTags: [String] = []
  /// What was referred to so far, where the template is checked.
  private(set) var references: [Reference] = []
  package var library: Library
  /// What this template has so far, for tags that refer to others.
  package var blocks: [String: BlockTag] = [:]
  package var blockNames: Set<String> = []
  package var namedCycles: [String: CycleTag] = [:]
  package var lastCycle: NodeID?

  package init(
    _ source: [UInt8], template: String?, path: String?, id: Int, library: Library
  ) {
    self.template = template
    self.path = path
    self.id = id
    self.library = library
    tokens = Lexer.tokens(of: source, template: template)
  }

  /// Parses up to one of the tags `until`, which stays the next token; without, to the end.
  package mutating func parse(until: [String] = []) throws(TemplateError) -> [Node] {
    var nodes: [Node] = []
    var isFirst = true
    while let token = peek {
      let name = token.kind == .block ? token.name : ""
      if token.kind == .block, until.contains(name) { return nodes }
      next += 1
      switch token.kind {
      case .text:
        nodes.append(.text(Array(token.contents.utf8)))
        continue
      case .comment: continue
      case .variable, .block:
        do {
          nodes.append(try node(token, named: name, until: until, isFirst: isFirst))
        } catch {
          try recover(from: error, in: name)
        }
      }
      isFirst = false
    }
    if !until.isEmpty { throw unclosedTag(lookingFor: until) }
    return nodes
  }

  /// Parses the body of a tag and takes the tag that ends it, which is returned.
  package mutating func body(until: String...) throws(TemplateError) -> (nodes: [Node], end: Token)
  {
    let nodes = try parse(until: until)
    return (nodes, try nextToken(before: until))
  }

  /// Takes the next token; `expected` are the tags that are missing if there is none.
  package mutating func nextToken(before expected: [String]) throws(TemplateError) -> Token {
    guard let token = peek else { throw unclosedTag(lookingFor: expected) }
    next += 1
    return token
  }

  /// Skips everything up to and with the tag `end` (`Parser.skip_past`).
  package mutating func skip(past end: String) throws(TemplateError) {
    while true {
      let token = try nextToken(before: [end])
      if token.kind == .block, token.contents == end { return }
    }
  }

  package func expression(
    _ text: String, in token: Token
  ) throws(TemplateError) -> FilterExpression {
    do {
      return try FilterExpression(text, filters: library.filters, at: token.location)
    } catch {
      throw token.error(error)
    }
  }

  package mutating func newID() -> NodeID {
    nodeCount += 1
    return NodeID(template: id, index: nodeCount)
  }

  /// The error for a tag that is not known here (`Parser.invalid_block_tag`).
  package func invalidTag(_ token: Token, named name: String, expected: [String]) -> TemplateError {
    token.error(
      .invalidBlockTag(
        name, line: token.line, expected: expected, known: library.tags.keys.sorted()))
  }

  package var peek: Token? {
    next < tokens.count ? tokens[next] : nil
  }

  private mutating func node(
    _ token: Token, named name: String, until: [String], isFirst: Bool
  ) throws(TemplateError) -> Node {
    guard token.kind == .block else {
      guard !token.contents.isEmpty else { throw token.error(.emptyVariableTag(line: token.line)) }
      return .variable(try expression(token.contents, in: token))
    }
    let node = try tag(token, named: name, until: until)
    if case .extends = node, !isFirst { throw token.error(.notFirst(token.contents, template)) }
    return node
  }

  private mutating func tag(
    _ token: Token, named name: String, until: [String]
  ) throws(TemplateError) -> Node {
    guard !name.isEmpty else { throw token.error(.emptyBlockTag(line: token.line)) }
    guard openTags.count < Self.depthLimit else { throw token.error(.nestedTooDeeply) }
    guard let parse = library.tags[name] else {
      throw invalidTag(token, named: name, expected: until)
    }
    openTags.append(token)
    defer { openTags.removeLast() }
    return try parse(&self, token)
  }

  private func unclosedTag(lookingFor tags: [String]) -> TemplateError {
    guard let token = openTags.last else { return TemplateError(.nestedTooDeeply, at: nil) }
    return token.error(.unclosedTag(token.name, line: token.line, lookingFor: tags))
  }
}

// MARK: Checking

extension Parser {
  /// Parses to the end whatever is wrong on the way, and gives all that is.
  package mutating func check() -> [TemplateError] {
    problems = []
    do {
      _ = try parse()
    } catch {
      problems?.append(error)
    }
    return problems ?? []
  }

  /// Notes what has to be elsewhere, where that is of interest.
  mutating func note(_ target: Reference.Target, at location: TemplateError.Location) {
    if problems != nil { references.append(Reference(target: target, location: location)) }
  }

  /// Goes on behind an error where all are wanted.
  private mutating func recover(
    from error: TemplateError, in name: String
  ) throws(TemplateError) {
    guard problems != nil else { throw error }
    // What belongs to a tag that was refused is no error of its own.
    if case .invalidBlockTag = error.reason {
      let opening = name.utf8.starts(with: "end".utf8) ? String(name.dropFirst(3)) : nil
      if let opening, let place = refusedTags.lastIndex(of: opening) {
        refusedTags.remove(at: place)
        return
      }
      if !refusedTags.isEmpty, ["elif", "else", "empty", "plural"].contains(name) { return }
    }
    problems?.append(error)
    if !name.isEmpty { refusedTags.append(name) }
  }
}
