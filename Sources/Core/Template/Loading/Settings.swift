extension Engine {
  /// What a Django project sets for its templates, with Django's defaults.
  package struct Settings: Sendable {
    /// The search path.
    package var directories: [String] = []
    package var autoescape = true
    /// What a missing variable is printed as; `%s` in it is the name.
    package var stringIfInvalid = ""
    /// A missing variable is an error, but where a template asks whether it is there.
    package var strictVariables = false
    package var timeZone = Zone.utc
    package var staticURL = "/static/"
    package var mediaURL = "/"
    /// The hashed name of each static file (`staticfiles.json`); nil where names are not hashed.
    package var staticManifest: [String: String]?
    /// The patterns of each named URL: `"chat": ["chat/<int:pk>/"]`.
    package var urls: [String: [String]] = [:]
    package var languageCode = "en-us"
    /// Libraries that need no `{% load %}`.
    package var builtIns: [String] = []
    /// Microseconds since 1970 in UTC.
    package var now: @Sendable () -> Int

    package init(now: @escaping @Sendable () -> Int) {
      self.now = now
    }

    var filterContext: FilterContext {
      FilterContext(
        autoescape: autoescape, usesLocalTime: true, localizes: true, zone: timeZone,
        defaultZone: timeZone, now: now)
    }
  }
}
