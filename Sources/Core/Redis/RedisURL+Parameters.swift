// The parameters of a URL, and of a host that is configured without one.

extension RedisURL {
  /// Of a repeated parameter redis-py takes the first, and one without a value it leaves out (`parse_qs`).
  ///
  /// - Parameter hasSecrets: whether a password stands before the query, or may.
  static func apply(
    query: Substring, hasSecrets: Bool, to address: inout RedisAddress
  ) throws(RedisURLFault) {
    var seen: [String] = []
    for parameter in query.split(separator: "&") {
      let (key, encoded) = parameter.split(around: "=") ?? (parameter, "")
      let name = try decode(key, plusIsSpace: true)
      guard !encoded.isEmpty, !seen.contains(name) else { continue }
      seen.append(name)
      guard parameters.contains(name) else {
        // A password with an unescaped & in it goes on like a parameter.
        let isPlain = !hasSecrets && !query.contains("password")
        throw .unknownParameter(
          isPlain ? name : nil, meant: Suggestions.nearest(to: name, among: parameters))
      }
      try apply(name, decode(encoded, plusIsSpace: true), to: &address)
    }
  }

  /// Takes over one of `parameters`, its value in redis-py's words (`redis/connection.py URL_QUERY_ARGUMENT_PARSERS`).
  package static func apply(
    _ name: String, _ value: String, to address: inout RedisAddress
  ) throws(RedisURLFault) {
    switch name {
    case "db": address.database = try readDatabase(value)
    case "username": address.username = value
    case "password": address.password = value
    case "client_name": address.clientName = value
    case "socket_connect_timeout": address.connectTimeout = try readSeconds(value, of: name)
    case "socket_timeout", "timeout": _ = try readSeconds(value, of: name)
    case _ where TLSOptions.parameters.contains(name): try address.tls?.set(name, to: value)
    default: break
    }
  }

  package static let parameters =
    ["db", "username", "password", "client_name", "socket_connect_timeout", "socket_timeout"]
    + ["timeout"] + TLSOptions.parameters + ignoredParameters

  /// What redis-py takes and a short-lived connection has no use for.
  package static let ignoredParameters = [
    "health_check_interval", "legacy_responses", "lib_name", "lib_version", "max_connections",
    "protocol", "retry_on_error", "retry_on_timeout", "socket_keepalive", "socket_read_size",
  ]

  static func readDatabase(_ text: String) throws(RedisURLFault) -> Int {
    guard let number = readDigits(text) else { throw .database }
    return number
  }

  private static func readSeconds(_ text: String, of name: String) throws(RedisURLFault) -> Double {
    guard let seconds = Double(text), seconds > 0, seconds.isFinite else {
      throw .parameterValue(name)
    }
    return seconds
  }
}
