extension Library {
  /// The filters of `{% load l10n %}` (`django/templatetags/l10n.py`).
  package static let localizationFilters = [
    Filter("localize") { value, _, context in value.localized(context, isOn: true) },
    Filter("unlocalize") { value, _, context in value.localized(context, isOn: false) },
  ]
}

extension TemplateValue {
  /// The value as text; a time stays in its zone.
  fileprivate func localized(_ context: FilterContext, isOn: Bool) -> TemplateValue {
    switch self {
    case .string: return self
    // As in Django, what the number format makes of an integer is safe.
    case .integer, .bigInteger: return .string(text, safe: isOn)
    default:
      var context = context
      context.localizes = isOn
      context.usesLocalTime = false
      return .string(localizedText(context))
    }
  }
}
