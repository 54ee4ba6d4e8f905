import Core

extension ConfigurationFile {
  /// Everything that is wrong in the file, whichever command would meet it.
  ///
  /// - Parameters:
  ///   - layer: the one that is used; another one may be of a class that is not known here.
  ///   - backend: what was asked for in place of the used one's class.
  func problems(
    usingLayer layer: String?, backend: LayerConfiguration.Backend?
  ) -> ConfigurationProblems {
    var problems = ConfigurationProblems()
    for warning in warnings { problems.add(warning: warning) }
    for (key, value) in fields.members {
      let setting = Setting(value, key)
      problems.attempt { () throws(UsageError) in
        switch key {
        case GlobalOptions.envelopeKey: _ = try GlobalOptions.envelope(configured: setting)
        case GlobalOptions.chatGroupKey: _ = try GlobalOptions.chatGroup(configured: setting)
        case LayerSettings.versionKey: _ = try LayerSettings.version(in: fields)
        default: _ = try TemplateSettings([key: value])
        }
      }
    }
    if let setting = Setting("language_code", of: fields), let code = setting.value.string,
      !["en", "en-us"].contains(code.lowercased())
    {
      problems.warn(
        setting,
        "numbers, dates and Django's own words are rendered in American English all the same"
      )
    }
    problems.attempt { () throws(UsageError) in
      _ = try LayerSettings.read(layer, of: fields, backend: backend)
    }
    for name in (fields[LayerSettings.key]?.object ?? [:]).members.map(\.key) {
      let isUsed = name == layer ?? LayerSettings.defaultName
      guard let entry = Setting(LayerSettings.key, of: fields)?.member(name),
        isUsed || (try? LayerSettings.backend(of: entry)) != nil
      else { continue }
      let read = LayerSettings(entry, fields, backend: isUsed ? backend : nil)
      // The version stands beside the layers, so it is wrong for each of them.
      for error in read.problems.errors where !problems.errors.contains(error) {
        problems.add(error)
      }
      for warning in read.problems.warnings { problems.add(warning: warning) }
    }
    return problems
  }
}
