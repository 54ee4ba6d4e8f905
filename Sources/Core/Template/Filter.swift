/// One filter: its name, what it takes, and what it does (`django/template/defaultfilters.py`).
package final class Filter: Sendable {
  /// Whether a filter takes an argument behind its colon.
  package enum Arity: Sendable {
    case none, optional, required
  }

  /// A closure that throws writes its effect out: `{ (value, _, _) throws(TemplateError.Reason) in`.
  package typealias Function =
    @Sendable (
      _ value: TemplateValue, _ argument: TemplateValue?, _ context: FilterContext
    ) throws(TemplateError.Reason) -> TemplateValue

  package let name: String
  package let arity: Arity
  /// Safe text stays safe (`is_safe=True`).
  package let isSafe: Bool
  package let function: Function

  package init(
    _ name: String, _ arity: Arity = .none, isSafe: Bool = false, function: @escaping Function
  ) {
    self.name = name
    self.arity = arity
    self.isSafe = isSafe
    self.function = function
  }
}

/// What a filter may know about the rendering that it is part of.
package struct FilterContext: Sendable {
  /// For filters that Django marks with `needs_autoescape`.
  package var autoescape: Bool
  /// False inside `{% localtime off %}`.
  package var usesLocalTime: Bool
  /// False inside `{% localize off %}`.
  package var localizes: Bool
  /// The current zone, which `{% timezone %}` changes.
  package var zone: Zone
  /// The zone of the site, in which naive times are.
  package let defaultZone: Zone
  /// Microseconds since 1970 in UTC.
  package let now: @Sendable () -> Int
}
