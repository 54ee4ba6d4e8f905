/// What is wrong with a Redis URL, by names of its parts: the text itself may hold a password.
package enum RedisURLFault: Error, Equatable, Sendable {
  case scheme
  case fragment
  case percentEncoding
  case port
  case database
  case unixHost
  case unixPath
  /// A parameter that redis-py does not know, with one that it does and that is much like it; without its
  /// name where that may be a part of a password.
  case unknownParameter(String?, meant: String?)
  case parameterValue(String)
  case parameterChoice(String, among: [String])
  /// An unescaped `?` before the `@`.
  case query
  /// A control character in the host or the path.
  case controlCharacter
  /// `redis+sentinel://` without the name of a master.
  case masterName
}

/// Reads `redis[s]://[user:pass@]host[:port][/db]` and `unix://[user:pass@]/path?db=n` as redis-py does
/// (`redis/connection.py parse_url`), but refuses what that silently ignores or misreads:
/// `/abc` and `/1/2` as a database, a fragment, `unix://tmp/x`.
package enum RedisURL {
  /// - Parameter defaults: what counts where the URL does not say it; its endpoint never does.
  package static func parse(
    _ url: String, defaults: RedisAddress? = nil
  ) throws(RedisURLFault) -> RedisAddress {
    let parts = try Parts(url)
    var address = defaults ?? RedisAddress(endpoint: .tcp(host: "localhost", port: defaultPort))
    switch parts.scheme {
    case "redis", "rediss":
      try readTCP(host: parts.host, path: parts.path, to: &address)
      address.tls = parts.scheme == "rediss" ? address.tls ?? TLSOptions() : nil
    case "unix":
      address.endpoint = try unixEndpoint(host: parts.host, path: parts.path)
      address.tls = nil
    default: throw .scheme
    }
    try apply(query: parts.query, hasSecrets: parts.userinfo != nil, to: &address)
    try apply(userinfo: parts.userinfo, to: &address)
    return address
  }

  /// What the punctuation of a URL parts, nothing decoded.
  struct Parts {
    let scheme: String
    let userinfo: Substring?
    let host: Substring
    let path: Substring
    let query: Substring

    init(_ url: String) throws(RedisURLFault) {
      guard let (scheme, tail) = url.split(around: ":"), tail.hasPrefix("//") else { throw .scheme }
      let rest = tail.dropFirst(2)
      guard !rest.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
      let (location, query) = rest.split(around: "?") ?? (rest, "")
      guard !query.utf8.contains(UInt8(ascii: "@")) else { throw .query }
      let slash = location.firstIndex(of: "/") ?? location.endIndex
      (userinfo, host) = RedisURL.splitUserinfo(location[..<slash])
      path = location[slash...]
      self.scheme = scheme.lowercased()
      self.query = query
    }
  }

  private static let defaultPort = 6379

  fileprivate static func splitUserinfo(_ authority: Substring) -> (Substring?, Substring) {
    guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
    return (authority[..<at], authority[authority.index(after: at)...])
  }

  private static func readTCP(
    host: Substring, path: Substring, to address: inout RedisAddress
  ) throws(RedisURLFault) {
    address.endpoint = try tcpEndpoint(host, defaultPort: defaultPort)
    // redis-py does not see a slash at the end either.
    let database = path.dropFirst().hasSuffix("/") ? path.dropFirst().dropLast() : path.dropFirst()
    if !database.isEmpty { address.database = try readDatabase(try decode(database)) }
  }

  static func tcpEndpoint(
    _ host: Substring, defaultPort: Int
  ) throws(RedisURLFault) -> RedisAddress.Endpoint {
    let (name, port) = try splitPort(host)
    let decoded = try decode(name)
    guard !decoded.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .controlCharacter
    }
    return .tcp(host: decoded.isEmpty ? "localhost" : decoded, port: port ?? defaultPort)
  }

  private static func unixEndpoint(
    host: Substring, path: Substring
  ) throws(RedisURLFault) -> RedisAddress.Endpoint {
    guard host.isEmpty else { throw .unixHost }
    let decoded = try decode(path)
    guard decoded.count > 1 else { throw .unixPath }
    guard !decoded.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .controlCharacter
    }
    return .unix(path: decoded)
  }

  private static func splitPort(_ host: Substring) throws(RedisURLFault) -> (Substring, Int?) {
    var name = host
    var port: Substring = ""
    if host.first == "[" {
      guard let bracket = host.firstIndex(of: "]") else { throw .port }
      name = host[host.index(after: host.startIndex)..<bracket]
      let after = host[host.index(after: bracket)...]
      guard after.isEmpty || after.first == ":" else { throw .port }
      port = after.dropFirst()
    } else if let colon = host.firstIndex(of: ":") {
      name = host[..<colon]
      port = host[host.index(after: colon)...]
    }
    if port.isEmpty { return (name, nil) }
    guard let number = readDigits(port), number <= 65535 else { throw .port }
    // To redis-py 0 is no port.
    return (name, number == 0 ? nil : number)
  }

  static func apply(
    userinfo: Substring?, to address: inout RedisAddress
  ) throws(RedisURLFault) {
    guard let userinfo else { return }
    let (user, password) = userinfo.split(around: ":") ?? (userinfo, "")
    if !user.isEmpty { address.username = try decode(user) }
    if !password.isEmpty { address.password = try decode(password) }
  }

  static func readDigits(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
  }

  /// Percent-decodes as `urllib.parse.unquote`, but an escape that is none, or not UTF-8, is a fault.
  static func decode(
    _ text: Substring, plusIsSpace: Bool = false
  ) throws(RedisURLFault) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let escape = String(rest.prefix(2)), escape.utf8.count == 2,
          let decoded = UInt8(escape, radix: 16), escape.first != "+"
        else { throw .percentEncoding }
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .percentEncoding }
    return decoded
  }
}

extension StringProtocol {
  /// The text before and after the first `separator`.
  func split(around separator: Character) -> (Substring, Substring)? {
    guard let place = firstIndex(of: separator) else { return nil }
    return (Substring(self[..<place]), Substring(self[index(after: place)...]))
  }
}
