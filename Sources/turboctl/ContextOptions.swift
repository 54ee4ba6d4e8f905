import Core

/// `--context`, `--set` and `--set-json`: the context of a template, later ones over earlier ones.
struct ContextOptions {
  private enum Source {
    case file(String)
    /// `path` is the key, split at its dots; `typed` the option and the key.
    case value(path: [String], Value, typed: String)
  }

  /// Bytes of a context at most.
  private static let sizeLimit = 64 << 20

  private let sources: [Source]

  init(_ arguments: ParsedArguments) throws(UsageError) {
    var sources: [Source] = []
    for option in arguments.options {
      guard let text = option.value else { continue }
      switch option.name {
      case Self.context.spec.name: sources.append(.file(text))
      case Self.set.spec.name, Self.setJSON.spec.name:
        let (path, text) = Self.split(text)
        let typed = "\(option.typed) \(path.joined(separator: "."))"
        guard !path.contains("") else {
          throw .invalid(what: typed, detail: "a part of the key is empty")
        }
        let isText = option.name == Self.set.spec.name
        let value = isText ? .string(text) : try Self.read(text, typed)
        sources.append(.value(path: path, value, typed: typed))
      default: continue
      }
    }
    self.sources = sources
  }

  /// Whether one of them is read from standard input.
  var readsInput: Bool {
    sources.contains { if case .file("-") = $0 { true } else { false } }
  }

  /// Reads the files and puts all together.
  func values(_ console: Console, _ deadline: Deadline) throws(CommandError) -> Object {
    var context: Object = [:]
    for source in sources {
      switch source {
      case .file(let path):
        for (key, value) in try Self.readFile(path, console, deadline).members {
          context[key] = value
        }
      case .value(let path, let value, let typed):
        do {
          context = try Self.set(value, at: path[...], in: .object(context)).object ?? context
        } catch {
          throw .usage(
            .invalid(
              what: typed, detail: "'\(error.key)' is no place in an array of \(error.count)"))
        }
      }
    }
    return context
  }

  private static func readFile(
    _ path: String, _ console: Console, _ deadline: Deadline
  ) throws(CommandError) -> Object {
    let origin = path == "-" ? "standard input" : path
    let bytes: [UInt8]
    do {
      bytes =
        path == "-"
        ? try console.input.readAll(deadline, limit: sizeLimit)
        : try Input.readFile(path, deadline, limit: sizeLimit)
    } catch {
      throw .content(.unreadable(origin: origin, error))
    }
    let value: Value
    do {
      value = try JSONReader.read(bytes)
    } catch {
      throw .json(error, text: bytes, origin: origin)
    }
    guard let object = value.object else {
      throw .usage(.invalid(what: origin, detail: "the context is not a JSON object"))
    }
    return object
  }

  /// `a.b.0=text`: its path, and what is behind the first `=`.
  private static func split(_ text: String) -> ([String], String) {
    let equals = text.firstIndex(of: "=") ?? text.endIndex
    let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false)
    return (path.map(String.init), String(text[equals...].dropFirst()))
  }

  private static func read(_ json: String, _ typed: String) throws(UsageError) -> Value {
    do {
      return try JSONReader.read(Array(json.utf8))
    } catch {
      throw .invalid(what: typed, detail: Failure.text(error, in: Array(json.utf8)))
    }
  }

  /// An array that lacks the place which a part of a key names.
  private struct MissingPlace: Error {
    let key: String
    let count: Int
  }

  /// The value with another at a path: objects on the way are made, arrays must have the place.
  private static func set(
    _ value: Value, at path: ArraySlice<String>, in container: Value?
  ) throws(MissingPlace) -> Value {
    guard let key = path.first else { return value }
    switch container {
    case .array(var elements):
      guard let place = Int(key), elements.indices.contains(place) else {
        throw MissingPlace(key: key, count: elements.count)
      }
      elements[place] = try set(value, at: path.dropFirst(), in: elements[place])
      return .array(elements)
    case .object(var members):
      members[key] = try set(value, at: path.dropFirst(), in: members[key])
      return .object(members)
    default:
      return try set(value, at: path, in: .object([:]))
    }
  }
}

extension ContextOptions {
  private static let section = "Template"

  static let context = Option.text(
    "context", placeholder: "FILE", kind: .file, isRepeatable: true, section: section,
    summary: "A JSON object with the context; - is standard input")
  static let set = Option.text(
    "set", short: "s", placeholder: "KEY=VALUE", kind: .keyValue, isRepeatable: true,
    section: section, summary: "A value of the context, as text",
    details: "The key may be dotted, instance.content=Hi; a number indexes an array that is there.")
  static let setJSON = Option.text(
    "set-json", short: "S", placeholder: "KEY=JSON", kind: .keyValue, isRepeatable: true,
    section: section, summary: "The same with a value in JSON", rank: .special)

  static let specs: [OptionSpec] = [context.spec, set.spec, setJSON.spec]
}
