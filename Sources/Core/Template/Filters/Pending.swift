extension Library {
  static let builtInFilters: [Filter] = []
  static let humanizeFilters: [Filter] = []
  static let localizationFilters: [Filter] = []
  static let zoneFilters: [Filter] = []
}
enum DateFilters {
  static func date(_ v: TemplateValue, _ a: TemplateValue?, _ c: FilterContext) throws(TemplateError.Reason) -> TemplateValue { .string("") }
}
