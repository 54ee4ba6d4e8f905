/// Why a template cannot be loaded, parsed or rendered, and where.
package struct TemplateError: Error, Equatable, Sendable {
  package let reason: Reason
  /// Nil where no template was read yet.
  package let location: Location?

  package struct Location: Equatable, Sendable {
    /// The name by which the template was asked for; nil where it was given as text.
    package let template: String?
    /// Of the tag or variable, in bytes from the start of the template.
    package let offset: Int

    package init(template: String?, offset: Int) {
      self.template = template
      self.offset = offset
    }
  }

  package init(_ reason: Reason, at location: Location?) {
    self.reason = reason
    self.location = location
  }
}

extension TemplateError {
  package enum Reason: Error, Equatable, Sendable {
    /// What Python would raise: the name of the exception, and its text.
    case exception(_ type: String, _ message: String)
  }
}
