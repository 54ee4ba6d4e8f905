/// What is wrong with a Redis URL, by names of its parts: the text itself may hold a password.
package enum RedisURLFault: Error, Equatable, Sendable {
  case scheme
  case fragment
  case percentEncoding
  case port
  case database
  case unixHost
  case unixPath
  /// A parameter that redis-py does not know, with one that it does and that is much like it. The name
  /// as typed may be a part of a password.
  case unknownParameter(meant: String?)
  case parameterValue(String)
  case parameterChoice(String, among: [String])
  /// An unescaped `?` before the `@`.
  case query
  /// A control character in the host or the path.
  case controlCharacter
}

/// Reads `redis[s]://[user:pass@]host[:port][/db]` and `unix://[user:pass@]/path?db=n` as redis-py does
/// (`redis/connection.py parse_url`), but refuses what that silently ignores or misreads:
/// `/abc` and `/1/2` as a database, a fragment, `unix://tmp/x`.
package enum RedisURL {
  package static func parse(_ url: String) throws(RedisURLFault) -> RedisAddress {
    guard let (scheme, tail) = url.split(around: ":"), tail.hasPrefix("//") else { throw .scheme }
    let rest = tail.dropFirst(2)
    guard !rest.contains("#") else { throw .fragment }
    let (location, query) = rest.split(around: "?") ?? (rest, "")
    guard !query.contains("@") else { throw .query }
    let slash = location.firstIndex(of: "/") ?? location.endIndex
    let (userinfo, host) = splitUserinfo(location[..<slash])
    let path = location[slash...]

    var address: RedisAddress
    switch scheme.lowercased() {
    case "redis": address = try tcpAddress(host: host, path: path)
    case "unix": address = try unixAddress(host: host, path: path)
    case "rediss":
      address = try tcpAddress(host: host, path: path)
      address.tls = TLSOptions()
    default: throw .scheme
    }
    try apply(query: query, to: &address)
    try apply(userinfo: userinfo, to: &address)
    return address
  }

  private static func splitUserinfo(_ authority: Substring) -> (Substring?, Substring) {
    guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
    return (authority[..<at], authority[authority.index(after: at)...])
  }

  private static func tcpAddress(
    host: Substring, path: Substring
  ) throws(RedisURLFault) -> RedisAddress {
    let (name, port) = try splitPort(host)
    let decoded = try decode(name)
    guard !decoded.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .controlCharacter
    }
    var address = RedisAddress(
      endpoint: .tcp(host: decoded.isEmpty ? "localhost" : decoded, port: port))
    let database = path.dropFirst()
    if !database.isEmpty { address.database = try readDatabase(try decode(database)) }
    return address
  }

  private static func unixAddress(
    host: Substring, path: Substring
  ) throws(RedisURLFault) -> RedisAddress {
    guard host.isEmpty else { throw .unixHost }
    let decoded = try decode(path)
    guard decoded.count > 1 else { throw .unixPath }
    guard !decoded.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .controlCharacter
    }
    return RedisAddress(endpoint: .unix(path: decoded))
  }

  private static func splitPort(_ host: Substring) throws(RedisURLFault) -> (Substring, Int) {
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
    if port.isEmpty { return (name, 6379) }
    guard let number = readDigits(port), number <= 65535 else { throw .port }
    return (name, number)
  }

  private static func apply(
    userinfo: Substring?, to address: inout RedisAddress
  ) throws(RedisURLFault) {
    guard let userinfo else { return }
    let (user, password) = userinfo.split(around: ":") ?? (userinfo, "")
    if !user.isEmpty { address.username = try decode(user) }
    if !password.isEmpty { address.password = try decode(password) }
  }

  private static func apply(
    query: Substring, to address: inout RedisAddress
  ) throws(RedisURLFault) {
    for parameter in query.split(separator: "&") {
      let (key, encoded) = parameter.split(around: "=") ?? (parameter, "")
      let name = try decode(key)
      // redis-py leaves an empty parameter out (`parse_qs`).
      guard !encoded.isEmpty else { continue }
      let value = try decode(encoded, plusIsSpace: true)
      switch name {
      case "db": address.database = try readDatabase(value)
      case "username": address.username = value
      case "password": address.password = value
      case "client_name": address.clientName = value
      case "socket_connect_timeout": address.connectTimeout = try readSeconds(value, of: name)
      case "socket_timeout", "timeout": _ = try readSeconds(value, of: name)
      case _ where TLSOptions.parameters.contains(name): try address.tls?.set(name, to: value)
      default:
        guard ignoredParameters.contains(name) else {
          throw .unknownParameter(meant: Suggestions.nearest(to: name, among: parameters))
        }
      }
    }
  }

  private static let parameters =
    ["db", "username", "password", "client_name", "socket_connect_timeout", "socket_timeout"]
    + ["timeout"] + TLSOptions.parameters + ignoredParameters

  /// What redis-py takes and a short-lived connection has no use for.
  private static let ignoredParameters = [
    "health_check_interval", "legacy_responses", "lib_name", "lib_version", "max_connections",
    "protocol", "retry_on_timeout", "socket_keepalive", "socket_read_size",
    "ssl_exclude_verify_flags", "ssl_include_verify_flags",
  ]

  private static func readDatabase(_ text: String) throws(RedisURLFault) -> Int {
    guard let number = readDigits(text) else { throw .database }
    return number
  }

  private static func readSeconds(_ text: String, of name: String) throws(RedisURLFault) -> Double {
    guard let seconds = Double(text), seconds > 0, seconds.isFinite else {
      throw .parameterValue(name)
    }
    return seconds
  }

  private static func readDigits(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
  }

  /// Percent-decodes as `urllib.parse.unquote`, but an escape that is none, or not UTF-8, is a fault.
  private static func decode(
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
  fileprivate func split(around separator: Character) -> (Substring, Substring)? {
    guard let place = firstIndex(of: separator) else { return nil }
    return (Substring(self[..<place]), Substring(self[index(after: place)...]))
  }
}
