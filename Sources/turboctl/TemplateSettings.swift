import Core

/// What a configuration file says of a project's templates.
struct TemplateSettings {
  /// Keys of the file that this reads.
  static let keys = [
    "templates", "static_url", "language_code", "string_if_invalid", "builtins", "urls",
  ]

  private(set) var directories: [String] = []
  private var staticURL: String?
  private var languageCode: String?
  private var stringIfInvalid: String?
  private var builtins: [String] = []
  private var urls: [String: [String]] = [:]

  init(_ fields: Object) throws(UsageError) {
    for (key, value) in fields.members {
      switch key {
      case "templates": directories = try value.texts(of: key)
      case "static_url": staticURL = try value.text(of: key)
      case "language_code": languageCode = try value.text(of: key)
      case "string_if_invalid": stringIfInvalid = try value.text(of: key)
      case "builtins": builtins = try value.texts(of: key)
      case "urls":
        for (name, pattern) in try value.members(of: key).members {
          if let pattern = pattern.string {
            urls[name] = [pattern]
          } else {
            urls[name] = try pattern.texts(of: "\(key).\(name)")
          }
        }
      default: continue
      }
    }
  }

  func applied(to defaults: Engine.Settings) -> Engine.Settings {
    var settings = defaults
    settings.staticURL = staticURL ?? settings.staticURL
    settings.languageCode = languageCode ?? settings.languageCode
    settings.stringIfInvalid = stringIfInvalid ?? settings.stringIfInvalid
    settings.builtIns = builtins
    settings.urls = urls
    return settings
  }
}

extension Value {
  /// - Parameter key: where the value stands in the file.
  func text(of key: String) throws(UsageError) -> String {
    guard let string else { throw .invalid(what: key, detail: "is not a string") }
    return string
  }

  func texts(of key: String) throws(UsageError) -> [String] {
    guard case .array(let values) = self else {
      throw .invalid(what: key, detail: "is not a list of strings")
    }
    return try values.map { value throws(UsageError) in try value.text(of: key) }
  }

  func members(of key: String) throws(UsageError) -> Object {
    guard let object else { throw .invalid(what: key, detail: "is not an object") }
    return object
  }
}
