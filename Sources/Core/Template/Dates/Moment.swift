/// A date, a time of day, or both, as Python's `datetime` module has them.
package struct Moment: Sendable {
  package var typeName: String { "datetime.datetime" }

  package func isEqual(to other: Moment) -> Bool { false }

  package func isLess(than other: Moment) throws(TemplateError.Reason) -> Bool { false }

  /// `.year`, `.hour` and the like; nil where there is none.
  package func attribute(_ name: String) -> TemplateValue? { nil }
}
