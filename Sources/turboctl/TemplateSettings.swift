import Core

/// What a configuration file says of a project's templates.
struct TemplateSettings {
  /// Keys of the file that this reads.
  static let keys = [
    "templates", "static_url", "language_code", "string_if_invalid", "builtins", "urls",
    "time_zone", "static_manifest",
  ]

  /// What Django has where the file says nothing, as it stands in a file.
  static let defaults: Object = [
    "static_url": .string("/static/"), "language_code": .string("en-us"),
    "string_if_invalid": .string(""), "builtins": .array([]), "urls": .object([:]),
    "time_zone": .string("the system's"), "static_manifest": .object([:]),
  ]

  private(set) var directories: [String] = []
  private(set) var timeZone: Zone?
  private var staticURL: String?
  private var languageCode: String?
  private var stringIfInvalid: String?
  private var builtins: [String] = []
  private var urls: [String: [String]] = [:]
  private var staticManifest: [String: String]?

  init(_ fields: Object) throws(UsageError) {
    for (key, value) in fields.members {
      let setting = Setting(value, key)
      switch key {
      case "templates": directories = try setting.texts()
      case "static_url": staticURL = try setting.text()
      case "language_code": languageCode = try setting.text()
      case "string_if_invalid": stringIfInvalid = try setting.text()
      case "builtins": builtins = try setting.texts()
      case "time_zone": timeZone = try Self.zone(setting)
      case "static_manifest":
        var names: [String: String] = [:]
        for (name, hashed) in try setting.members() { names[name] = try hashed.text() }
        staticManifest = names
      case "urls":
        for (name, pattern) in try setting.members() {
          urls[name] = pattern.value.string == nil ? try pattern.texts() : [try pattern.text()]
        }
      default: continue
      }
    }
  }

  private static func zone(_ setting: Setting) throws(UsageError) -> Zone {
    let name = try setting.text()
    guard let zone = Zone(named: name) else {
      throw setting.fault("this machine knows no time zone '\(name)'")
    }
    return zone
  }

  func applied(to defaults: Engine.Settings) -> Engine.Settings {
    var settings = defaults
    settings.staticURL = staticURL ?? settings.staticURL
    settings.languageCode = languageCode ?? settings.languageCode
    settings.stringIfInvalid = stringIfInvalid ?? settings.stringIfInvalid
    settings.builtIns = builtins
    settings.urls = urls
    settings.staticManifest = staticManifest
    return settings
  }
}
