import Core

/// A value of the configuration file, and the path of keys that leads to it: `templates[0]`.
struct Setting {
  let value: Value
  let key: String

  /// Nil: the file has no such key.
  init?(_ key: String, of fields: Object) {
    guard let value = fields[key] else { return nil }
    self.init(value, key)
  }

  init(_ value: Value, _ key: String) {
    self.value = value
    self.key = key
  }

  func fault(_ detail: String, hint: String? = nil) -> UsageError {
    .misconfigured(key: key, detail: detail, hint: hint)
  }

  func text() throws(UsageError) -> String {
    guard let text = value.string else { throw fault("is not a string") }
    return text
  }

  /// `null` counts as left out, as `None` does in Python.
  func optionalText() throws(UsageError) -> String? {
    value == .null ? nil : try text()
  }

  func integer(in bounds: ClosedRange<Int>) throws(UsageError) -> Int {
    guard case .integer(let integer) = value else { throw fault("is not a whole number") }
    guard bounds.contains(integer) else {
      let most = bounds.upperBound == .max ? " or more" : " to \(bounds.upperBound)"
      throw fault("is not a number of \(bounds.lowerBound)\(most)")
    }
    return integer
  }

  func elements(_ noun: String = "a list") throws(UsageError) -> [Setting] {
    guard case .array(let values) = value else { throw fault("is not \(noun)") }
    return values.enumerated().map { Setting($1, "\(key)[\($0)]") }
  }

  func texts() throws(UsageError) -> [String] {
    try elements("a list of strings").map { element throws(UsageError) in try element.text() }
  }

  func members() throws(UsageError) -> [(name: String, setting: Setting)] {
    guard let object = value.object else { throw fault("is not an object") }
    return object.members.map { ($0.key, Setting($0.value, "\(key).\($0.key)")) }
  }

  /// The member of an object; nil where it has none of that name, or is none.
  func member(_ name: String) -> Setting? {
    value.object?[name].map { Setting($0, "\(key).\(name)") }
  }
}

/// What is wrong in a configuration file: all of it, for `config check`; a command stops at the first.
struct ConfigurationProblems {
  private(set) var errors: [UsageError] = []
  private(set) var warnings: [UsageError] = []

  /// Takes a step, and notes its error.
  mutating func attempt(_ step: () throws(UsageError) -> Void) {
    do {
      try step()
    } catch {
      errors.append(error)
    }
  }

  mutating func add(_ error: UsageError) {
    errors.append(error)
  }

  mutating func add(warning: UsageError) {
    warnings.append(warning)
  }

  mutating func warn(_ setting: Setting, _ detail: String, hint: String? = nil) {
    warnings.append(setting.fault(detail, hint: hint))
  }

  /// A key that nothing reads is most likely a mistyped one.
  mutating func warnOfUnknown(_ setting: Setting, name: String, among known: [String]) {
    let meant = Suggestions.nearest(to: name, among: known)
    warn(setting, "no such key" + (meant.map { "; did you mean '\($0)'?" } ?? ""))
  }
}
