// What is wrong with templates, as far as it shows without a context.

extension Engine {
  /// A text that was looked at, and all that is wrong with it, in order.
  package struct Review {
    package let source: [UInt8]
    package let problems: [TemplateError]
  }

  /// Reviews a file; what it refers to is looked for where rendering would.
  package func review(file path: String) -> Review {
    do throws(TemplateError.Reason) {
      let source = try TemplateLoader.contents(of: path, named: path)
      let real = TemplateLoader.realPath(path)
      guard let name = loader.name(of: path) else {
        return Review(source: source, problems: problems(in: source, name: real, path: nil))
      }
      return Review(source: source, problems: problems(in: source, name: name, path: real))
    } catch {
      return Review(source: [], problems: [TemplateError(error, at: nil)])
    }
  }

  /// The same of a text from elsewhere; `name` is what errors call it.
  package func review(_ bytes: [UInt8], name: String) -> Review {
    do throws(TemplateError.Reason) {
      let source = try TemplateLoader.text(bytes, of: name)
      return Review(source: source, problems: problems(in: source, name: nil, path: nil))
    } catch {
      return Review(source: [], problems: [TemplateError(error, at: nil)])
    }
  }

  /// - Parameters:
  ///   - name: from the search path, or the whole path where the file is not on it.
  ///   - path: the file, where it is on the search path.
  func problems(in source: [UInt8], name: String?, path: String?) -> [TemplateError] {
    var parser = parser(of: source, name: name, path: path)
    let problems = parser.check()
    return (problems + parser.references.compactMap { unmet($0, from: path) })
      .sorted { $0.location?.offset ?? 0 < $1.location?.offset ?? 0 }
  }

  /// Why what a template refers to is not there; nil also where that cannot be known.
  private func unmet(_ reference: Reference, from path: String?) -> TemplateError? {
    do throws(TemplateError.Reason) {
      switch reference.target {
      case .template(let name, let isRelative, let isParent):
        guard loader.hasFolder, path != nil || !isRelative else { return nil }
        _ = try loader.find(name, skipping: isParent ? [path].compactMap { $0 } : [])
      case .url(let name):
        guard !settings.urls.isEmpty, settings.urls[name] == nil else { return nil }
        _ = try URLPattern.reverse(name, [], [], in: settings.urls)
      }
      return nil
    } catch {
      return TemplateError(error, at: reference.location)
    }
  }
}
