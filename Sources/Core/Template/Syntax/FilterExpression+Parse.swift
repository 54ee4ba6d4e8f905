extension FilterExpression {
  /// Parses `name|filter:argument|…` (`filter_re` and `FilterExpression.__init__`).
  package convenience init(
    _ text: String, filters: [String: Filter], at location: TemplateError.Location
  ) throws(TemplateError.Reason) {
    let scanner = ExpressionScanner(text)
    var operand: Operand?
    var calls: [Call] = []
    var cursor = 0
    if let end = scanner.operandEnd(from: 0) {
      operand = try Operand(scanner.text(0..<end))
      cursor = end
    }
    while let match = scanner.nextFilter(from: cursor) {
      guard match.start == cursor else {
        throw .unparsedCharacters(
          scanner.text(0..<cursor), scanner.text(cursor..<match.start),
          scanner.text(match.start..<scanner.count))
      }
      guard operand != nil else { throw .missingVariable(at: text) }
      calls.append(try Call(match, in: scanner, filters: filters))
      cursor = match.end
    }
    guard cursor == scanner.count else {
      throw .unparsedRemainder(scanner.text(cursor..<scanner.count), of: text)
    }
    self.init(
      text: text, operand: operand ?? .constant(.none), calls: calls, location: location)
  }
}

extension FilterExpression.Call {
  fileprivate init(
    _ match: ExpressionScanner.FilterMatch, in scanner: ExpressionScanner,
    filters: [String: Filter]
  ) throws(TemplateError.Reason) {
    let name = scanner.text(match.name)
    argument = try match.argument.map { (range) throws(TemplateError.Reason) in
      try FilterExpression.Operand(scanner.text(range))
    }
    guard let filter = filters[name] else {
      throw .invalidFilter(name, known: filters.keys.sorted())
    }
    switch (filter.arity, argument) {
    case (.none, _?): throw .filterArguments(name, required: 1, provided: 2)
    case (.required, nil): throw .filterArguments(name, required: 2, provided: 1)
    case (.none, nil), (.optional, _), (.required, _?): break
    }
    self.filter = filter
  }
}

/// The regular expression of a filter expression, by hand.
private struct ExpressionScanner {
  struct FilterMatch {
    let start: Int
    let end: Int
    let name: Range<Int>
    let argument: Range<Int>?
  }

  private let scalars: [Unicode.Scalar]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  var count: Int { scalars.count }

  func text(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }

  /// The end of a constant, a dotted name or a number.
  func operandEnd(from start: Int) -> Int? {
    constantEnd(from: start) ?? nameEnd(from: start, dotted: true) ?? numberEnd(from: start)
  }

  /// The first filter at or behind `start`.
  func nextFilter(from start: Int) -> FilterMatch? {
    for candidate in start..<max(start, count) {
      if let match = filter(at: candidate) { return match }
    }
    return nil
  }

  private func filter(at start: Int) -> FilterMatch? {
    let bar = skipSpace(from: start)
    guard scalar(bar) == "|" else { return nil }
    let first = skipSpace(from: bar + 1)
    guard let last = nameEnd(from: first, dotted: false) else { return nil }
    guard scalar(last) == ":", let end = operandEnd(from: last + 1) else {
      return FilterMatch(start: start, end: last, name: first..<last, argument: nil)
    }
    return FilterMatch(start: start, end: end, name: first..<last, argument: last + 1..<end)
  }

  private func constantEnd(from start: Int) -> Int? {
    guard scalar(start) == "_", scalar(start + 1) == "(" else { return quotedEnd(from: start) }
    guard let end = quotedEnd(from: start + 2), scalar(end) == ")" else { return nil }
    return end + 1
  }

  private func quotedEnd(from start: Int) -> Int? {
    guard let quote = scalar(start), quote == "\"" || quote == "'" else { return nil }
    var cursor = start + 1
    while let scalar = scalar(cursor) {
      if scalar == quote { return cursor + 1 }
      cursor += scalar == "\\" ? 2 : 1
    }
    return nil
  }

  private func nameEnd(from start: Int, dotted: Bool) -> Int? {
    let end = skip(from: start) { $0.isWord || dotted && $0 == "." }
    return end > start ? end : nil
  }

  private func numberEnd(from start: Int) -> Int? {
    guard let sign = scalar(start), sign == "-" || sign == "+" else { return nil }
    guard scalar(start + 1)?.decimalDigit != nil else { return nil }
    return skip(from: start + 2) { $0.decimalDigit != nil || $0 == "." || $0 == "e" }
  }

  private func skipSpace(from start: Int) -> Int {
    skip(from: start, while: \.isWhiteSpace)
  }

  private func skip(from start: Int, while matches: (Unicode.Scalar) -> Bool) -> Int {
    var cursor = start
    while let scalar = scalar(cursor), matches(scalar) { cursor += 1 }
    return cursor
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? {
    index < scalars.count ? scalars[index] : nil
  }
}
