import Core
import Glibc

/// The configuration file: values for options, and what only a file says of a project.
struct ConfigurationFile {
  private let path: String
  private let fields: Object

  /// The first file there is: the one asked for, the folder's own, the user's.
  static func found(
    for arguments: ParsedArguments, _ console: Console
  ) throws(CommandError) -> ConfigurationFile? {
    let asked: String?
    do {
      asked = try arguments[GlobalOptions.config]
    } catch {
      throw .usage(error)
    }
    if let asked { return try read(asked) }
    if exists(local) {
      if isTrusted(local) { return try read(local) }
      console.note("warning: \(local) is not read: somebody else owns it or may write it")
    }
    let home = console.environment("HOME").map { "\($0)/.config" }
    let folder = console.environment("XDG_CONFIG_HOME") ?? home
    guard let path = folder.map({ "\($0)/turboctl/config.json" }), exists(path) else { return nil }
    return try read(path)
  }

  /// What the file says, behind what was typed and what the environment says.
  func applied(
    to arguments: ParsedArguments, _ console: Console
  ) throws(CommandError) -> ParsedArguments {
    do {
      let values = try options() + LayerSettings.values(in: layers())
      for key in fields.members.map(\.key) where !isKnown(key) {
        console.note("warning: \(path): \(key): no such key")
      }
      return arguments.with(
        values.map { ConfiguredValue($0.option, origin: "\(path): \($0.origin)", value: $0.value) },
        settings: settings, overriding: ["$REDIS_URL"])
    } catch {
      guard case .invalid(let what, let detail, let hint) = error else { throw .usage(error) }
      throw .usage(.invalid(what: "\(path): \(what)", detail: detail, hint: hint))
    }
  }

  private static let local = "./turboctl.json"
  private static let sizeLimit = 8 << 20
  private static let layersKey = "CHANNEL_LAYERS"
  /// Keys that are values of options; an envelope may also be an object.
  private static let optionKeys = [
    (key: "envelope", option: "envelope"), (key: "chat_group", option: "chat-group"),
    (key: "time_zone", option: "timezone"),
  ]

  /// The layers may be the whole file: then every member is one.
  private var isLayersAlone: Bool {
    !fields.members.isEmpty
      && fields.members.allSatisfy { $0.value.object?["BACKEND"] != nil }
  }

  private func isKnown(_ key: String) -> Bool {
    isLayersAlone || key == Self.layersKey || TemplateSettings.keys.contains(key)
      || Self.optionKeys.contains { $0.key == key }
  }

  private func layers() throws(UsageError) -> Object {
    if isLayersAlone { return fields }
    return try fields[Self.layersKey]?.members(of: Self.layersKey) ?? [:]
  }

  private func options() throws(UsageError) -> [ConfiguredValue] {
    var values: [ConfiguredValue] = []
    for (key, option) in Self.optionKeys {
      guard let value = fields[key] else { continue }
      let text = value.object == nil ? try value.text(of: key) : value.json
      values.append(ConfiguredValue(option, origin: key, value: text))
    }
    return values
  }

  /// The rest, with folders seen from where the file is.
  private var settings: Object {
    var settings = fields
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    if case .array(let folders)? = fields["templates"] {
      settings["templates"] = .array(
        folders.map { value in
          guard let name = value.string, !name.hasPrefix("/") else { return value }
          return .string(folder + name)
        })
    }
    return settings
  }

  private static func read(_ path: String) throws(CommandError) -> ConfigurationFile {
    let bytes: [UInt8]
    do {
      bytes = try Input.readFile(path, Deadline(seconds: 5), limit: sizeLimit)
    } catch {
      throw .content(.unreadable(origin: path, error))
    }
    let value: Value
    do {
      value = try JSONReader.read(bytes)
    } catch {
      throw .json(error, text: bytes, origin: path)
    }
    guard let fields = value.object else {
      throw .usage(.invalid(what: path, detail: "is not a JSON object"))
    }
    return ConfigurationFile(path: path, fields: fields)
  }

  private static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// A file that somebody else can change could send messages to somebody else's Redis.
  private static func isTrusted(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return [0, geteuid()].contains(status.st_uid) && status.st_mode & 0o022 == 0
  }
}
