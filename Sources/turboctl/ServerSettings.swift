import Core

/// The servers of the layer, and where the passwords are that their URLs do not have.
struct ServerSettings {
  enum Origin {
    /// `--redis`, `$TURBOCTL_REDIS_URL` or `$REDIS_URL`.
    case urls([String], origin: String)
    case configured([RedisHost])
    case byDefault
  }

  let origin: Origin
  private let isTyped: Bool
  private let passwordFile: String?
  private let asksPassword: Bool
  private let memory = Memory()

  /// A command that connects twice asks, reads and warns once.
  private final class Memory {
    var hosts: [RedisHost]?
  }

  init(_ arguments: ParsedArguments, _ configured: LayerSettings?) throws(UsageError) {
    let urls = try arguments.all(GlobalOptions.redis)
    let place = arguments.origin(of: GlobalOptions.redis)
    // REDIS_URL is often another service's, so whatever a layer says is stronger.
    if let hosts = configured?.hosts, place == nil || place == Self.weakVariable {
      origin = .configured(hosts)
    } else if let place {
      origin = .urls(urls, origin: place)
    } else {
      origin = .byDefault
    }
    isTyped = arguments.wasTyped(GlobalOptions.redis)
    passwordFile = try arguments[GlobalOptions.passwordFile]
    asksPassword = arguments.contains(GlobalOptions.askpass)
    try arguments.requireAtMostOne(of: [
      GlobalOptions.passwordFile.spec, GlobalOptions.askpass.spec,
    ])
  }

  /// The hosts in the order of the ring, each with the password that it needs.
  func hosts(_ console: Console) throws(CommandError) -> [RedisHost] {
    if let hosts = memory.hosts { return hosts }
    let hosts = try admitted(console)
    memory.hosts = hosts
    return hosts
  }

  private func admitted(_ console: Console) throws(CommandError) -> [RedisHost] {
    let named = try named(console)
    if let asked = try password(console) {
      // Where all have one, it can only be meant to replace theirs.
      let isComplete = named.allSatisfy { $0.password != nil }
      return Self.give(asked, to: named, replacing: isComplete || isOutranked)
    }
    if let strong = Self.text(Self.variable, in: console.environment) {
      return Self.give(strong, to: named, replacing: isOutranked)
    }
    guard let other = Self.text(Self.otherVariable, in: console.environment) else { return named }
    return Self.give(other, to: named, replacing: false)
  }

  /// Whether a flag or a variable of ours beats what the hosts themselves say.
  private var isOutranked: Bool {
    switch origin {
    case .configured, .urls(_, Self.weakVariable): true
    case .urls, .byDefault: false
    }
  }

  private static func give(
    _ password: String, to hosts: [RedisHost], replacing: Bool
  ) -> [RedisHost] {
    hosts.map { replacing || $0.password == nil ? $0.with(password: password) : $0 }
  }

  /// As they are named, before any password from elsewhere.
  func named(_ console: Console) throws(CommandError) -> [RedisHost] {
    switch origin {
    case .byDefault: return try [host(GlobalOptions.defaultURL, "")]
    case .configured(let hosts): return hosts
    case .urls(let urls, let origin):
      let hosts = try urls.map { url throws(CommandError) in try host(url, origin) }
      if isTyped, console.errors.isTerminal, hosts.contains(where: { $0.password != nil }) {
        console.note(
          "warning: every user of this machine can read a password in the arguments; "
            + "--password-file keeps it from them")
      }
      return hosts
    }
  }

  /// Where a password is from that stands in no URL; nil where none is needed or given.
  func passwordOrigin(_ hosts: [RedisHost], _ environment: (String) -> String?) -> String? {
    if asksPassword { return GlobalOptions.askpass.spec.long }
    if passwordFile != nil { return GlobalOptions.passwordFile.spec.long }
    let isWanted = hosts.contains { $0.password == nil }
    if Self.text(Self.variable, in: environment) != nil {
      return isWanted || isOutranked ? "$\(Self.variable)" : nil
    }
    let isGiven = isWanted && Self.text(Self.otherVariable, in: environment) != nil
    return isGiven ? "$\(Self.otherVariable)" : nil
  }

  private func host(_ url: String, _ origin: String) throws(CommandError) -> RedisHost {
    do {
      return try RedisHost(url: url)
    } catch {
      throw .address(error, origin: origin)
    }
  }

  /// What `--askpass` or `--password-file` gives.
  private func password(_ console: Console) throws(CommandError) -> String? {
    if asksPassword { return try PasswordPrompt.ask(console) }
    guard let passwordFile else { return nil }
    let password = try Self.read(passwordFile)
    if FileOwner.mayBeReadByOthers(passwordFile) {
      console.note("warning: \(passwordFile): other users may read the password: chmod 600")
    }
    return password
  }

  private static let weakVariable = "$REDIS_URL"
  private static let variable = "TURBOCTL_REDIS_PASSWORD"
  /// redis-cli's.
  private static let otherVariable = "REDISCLI_AUTH"

  private static func text(
    _ variable: String, in environment: (String) -> String?
  ) -> String? {
    environment(variable).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The file's first line.
  private static func read(_ path: String) throws(CommandError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try Input.readFile(path, Deadline(seconds: 5), limit: 1 << 16)
    } catch {
      throw .content(.unreadable(origin: path, error))
    }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty, let password = String(validating: line, as: UTF8.self) else {
      throw .usage(
        .invalid(
          what: GlobalOptions.passwordFile.spec.long, detail: "'\(path)' holds no password"))
    }
    return password
  }
}

extension RedisHost {
  /// The server's, or the master's: sentinels have their own.
  var password: String? {
    switch self {
    case .server(let address): address.password
    case .sentinel(let host): host.login.password
    }
  }

  fileprivate func with(password: String) -> RedisHost {
    switch self {
    case .server(var address):
      address.password = password
      return .server(address)
    case .sentinel(var host):
      host.login.password = password
      return .sentinel(host)
    }
  }
}
