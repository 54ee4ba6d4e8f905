import Core
import Glibc

/// The configuration file: the layer, and what a project's templates need to know.
struct ConfigurationFile {
  let path: String
  /// As the file has them, but the layers are under their key where they are the whole file.
  let fields: Object
  private let text: [UInt8]
  private let isLayersAlone: Bool

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
      if FileOwner.isTrusted(local) { return try read(local) }
      console.note("warning: \(local) is not read: somebody else owns it or may write it")
    }
    let home = console.environment("HOME").map { "\($0)/.config" }
    let folder = console.environment("XDG_CONFIG_HOME") ?? home
    guard let path = folder.map({ "\($0)/turboctl/config.json" }), exists(path) else { return nil }
    return try read(path)
  }

  /// The arguments with what the file says; each reader of a setting puts what was typed before it.
  func applied(to arguments: ParsedArguments) -> ParsedArguments {
    arguments.with(settings: settings, of: path)
  }

  /// Says what is suspicious in the file and in the layer that is used.
  func warn(_ arguments: ParsedArguments, _ console: Console) {
    let name = (try? arguments[GlobalOptions.layerName]) ?? nil
    let layer = (try? LayerSettings.read(name, of: fields, backend: nil)) ?? nil
    for warning in warnings + (layer?.problems.warnings ?? []) {
      console.note("warning: \(located(warning).message)")
    }
  }

  /// What is suspicious in the file, but for its layers.
  var warnings: [UsageError] {
    var problems = ConfigurationProblems()
    for (name, value) in fields.members where !Self.keys.contains(name) {
      problems.warnOfUnknown(Setting(value, name), name: name, among: Self.keys)
    }
    if FileOwner.mayBeReadByOthers(path), Self.holdsSecrets(fields[LayerSettings.key] ?? .null) {
      problems.warn(
        Setting(.null, ""), "holds passwords or keys, and other users may read it: chmod 600")
    }
    return problems.warnings
  }

  /// An error of a setting with the place where it stands; another one as it is.
  func located(_ error: UsageError) -> UsageError {
    guard case .misconfigured(let key, let detail, let hint) = error else { return error }
    let place = place(of: key).map { ":\($0.line):\($0.column)" } ?? ""
    return .invalid(
      what: "\(path)\(place)" + (key.isEmpty ? "" : ": \(key)"), detail: detail, hint: hint)
  }

  func located(_ error: CommandError) -> CommandError {
    guard case .usage(let error) = error else { return error }
    return .usage(located(error))
  }

  /// Line and column of a setting, from 1.
  func place(of key: String) -> (line: Int, column: Int)? {
    guard !key.isEmpty else { return nil }
    let known = isLayersAlone ? key.dropFirst(LayerSettings.key.count).drop { $0 == "." } : key[...]
    return JSONPlaces.position(of: String(known), in: text)
  }

  static let local = "./turboctl.json"
  private static let sizeLimit = 8 << 20
  static let keys =
    [LayerSettings.key, LayerSettings.versionKey, GlobalOptions.envelopeKey]
    + [GlobalOptions.chatGroupKey] + TemplateSettings.keys

  /// What the file says, with folders seen from where it is.
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
    return try read(bytes, from: path)
  }

  static func read(
    _ bytes: [UInt8], from path: String
  ) throws(CommandError) -> ConfigurationFile {
    let value: Value
    do {
      value = try JSONReader.read(bytes)
    } catch {
      throw .json(error, text: bytes, origin: path)
    }
    guard let fields = value.object else {
      throw .usage(.invalid(what: path, detail: "is not a JSON object"))
    }
    return ConfigurationFile(path, fields, text: bytes)
  }

  /// Writes a file that its owner alone may read: whole, or not at all.
  static func write(_ text: String, to path: String) throws(SystemError) {
    let other = "\(path).\(getpid()).new"
    let descriptor = unsafe open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last }
    do throws(SystemError) {
      defer { close(descriptor) }
      try Output(descriptor: descriptor, isTerminal: false).write(text)
      guard fsync(descriptor) == 0, unsafe rename(other, path) == 0 else { throw .last }
    } catch {
      unsafe unlink(other)
      throw error
    }
  }

  /// CHANNEL_LAYERS itself may be the whole file: then every member is a layer.
  private init(_ path: String, _ fields: Object, text: [UInt8]) {
    isLayersAlone =
      !fields.members.isEmpty
      && fields.members.allSatisfy { $0.value.object?["BACKEND"] != nil }
    self.path = path
    self.fields = isLayersAlone ? [LayerSettings.key: .object(fields)] : fields
    self.text = text
  }

  private static let secretKeys = ["password", "ssl_password", "symmetric_encryption_keys"]

  /// Whether a password or a key is anywhere in the layers; those of URLs too.
  private static func holdsSecrets(_ value: Value) -> Bool {
    switch value {
    case .string(let text): Secrets.redacted(text) != text
    case .array(let values): values.contains(where: holdsSecrets)
    case .object(let fields):
      fields.members.contains { key, value in
        secretKeys.contains(key) && value != .null && value != .array([]) || holdsSecrets(value)
      }
    default: false
    }
  }

  static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }
}
