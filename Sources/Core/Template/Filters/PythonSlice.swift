/// A slice as Python writes it, `1:10:2` (`slice`, `PySlice_AdjustIndices`).
struct PythonSlice {
  private let bounds: [Int?]

  /// Nil where a part is no whole number, there are more than three, or the step is zero.
  init?(_ text: String) {
    var bounds: [Int?] = []
    for part in text.parts(separatedBy: ":") {
      guard !part.isEmpty else {
        bounds.append(nil)
        continue
      }
      guard let bound = try? TemplateValue.string(part).clampedInteger() else { return nil }
      bounds.append(bound)
    }
    guard bounds.count <= 3 else { return nil }
    // One number alone is where the slice ends.
    if bounds.count == 1 { bounds.insert(nil, at: 0) }
    bounds += repeatElement(nil, count: 3 - bounds.count)
    guard bounds[2] != 0 else { return nil }
    self.bounds = bounds
  }

  /// The part of a list, a tuple or a text; nil where the value has no parts.
  func applied(to value: TemplateValue) -> TemplateValue? {
    switch value {
    case .list(let elements): .list(applied(to: elements))
    case .tuple(let elements): .tuple(applied(to: elements))
    case .namedTuple(_, let fields): .tuple(applied(to: fields.values))
    case .string(let text, _): .string(String(applied(to: CodePoints(text))))
    case .none, .bool, .integer, .bigInteger, .double, .moment, .dictionary, .view: nil
    }
  }

  private func applied<Element>(to elements: [Element]) -> [Element] {
    let step = bounds[2] ?? 1
    let limits = step > 0 ? 0...elements.count : -1...elements.count - 1
    func place(_ bound: Int?, otherwise: Int) -> Int {
      guard let bound else { return otherwise }
      let index = bound < 0 ? bound.addingReportingOverflow(elements.count).partialValue : bound
      return min(max(index, limits.lowerBound), limits.upperBound)
    }
    let start = place(bounds[0], otherwise: step > 0 ? limits.lowerBound : limits.upperBound)
    let end = place(bounds[1], otherwise: step > 0 ? limits.upperBound : limits.lowerBound)
    // A step beyond the elements takes the first alone, whatever its size.
    let stride = min(max(step, -elements.count - 1), elements.count + 1)
    return Swift.stride(from: start, to: end, by: stride).map { elements[$0] }
  }
}
