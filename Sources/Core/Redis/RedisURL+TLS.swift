extension TLSOptions {
  /// The parameters of a `rediss://` URL that say how to encrypt.
  package static let parameters = [
    "ssl_cert_reqs", "ssl_check_hostname", "ssl_ca_certs", "ssl_ca_path", "ssl_ca_data",
    "ssl_certfile", "ssl_keyfile", "ssl_password", "ssl_ciphers", "ssl_min_version",
    "ssl_include_verify_flags", "ssl_exclude_verify_flags",
  ]

  /// Python's `ssl.VerifyFlags`.
  private static let verifyFlags: KeyValuePairs<String, UInt> = [
    "VERIFY_DEFAULT": 0, "VERIFY_CRL_CHECK_LEAF": 0x4, "VERIFY_CRL_CHECK_CHAIN": 0xC,
    "VERIFY_X509_STRICT": 0x20, "VERIFY_ALLOW_PROXY_CERTS": 0x40,
    "VERIFY_X509_TRUSTED_FIRST": 0x8000, "VERIFY_X509_PARTIAL_CHAIN": 0x80000,
  ]

  /// Takes over one of `parameters`, its value in redis-py's words
  /// (`redis/connection.py URL_QUERY_ARGUMENT_PARSERS`, `SSLConnection`).
  mutating func set(_ parameter: String, to value: String) throws(RedisURLFault) {
    switch parameter {
    case "ssl_cert_reqs":
      let choices = ["none", "optional", "required"]
      guard choices.contains(value) else { throw .parameterChoice(parameter, among: choices) }
      verifiesCertificate = value != "none"
    case "ssl_check_hostname":
      checksHostname = !["0", "F", "FALSE", "N", "NO"].contains(value.uppercased())
    case "ssl_ca_certs": authorityFile = value
    case "ssl_ca_path": authorityFolder = value
    case "ssl_ca_data": authorityData = value
    case "ssl_certfile": certificateFile = value
    case "ssl_keyfile": keyFile = value
    case "ssl_password": keyPassword = value
    case "ssl_ciphers": ciphers = value
    case "ssl_include_verify_flags": includedFlags = try Self.flags(value, of: parameter)
    case "ssl_exclude_verify_flags": excludedFlags = try Self.flags(value, of: parameter)
    default:
      let versions: [Version] = [.tls1_2, .tls1_3]
      minimumVersion = versions.first { "\($0.rawValue)" == value }
      guard minimumVersion != nil else {
        throw .parameterChoice("ssl_min_version", among: versions.map { "\($0.rawValue)" })
      }
    }
  }

  /// Reads a list, with or without brackets around (`parse_ssl_verify_flags`), also of numbers, which is
  /// how Python writes flags as JSON.
  private static func flags(_ list: String, of parameter: String) throws(RedisURLFault) -> UInt {
    var flags: UInt = 0
    for word in list.split(whereSeparator: { "[], ".contains($0) }) {
      guard let flag = verifyFlags.first(where: { $0.key == word })?.value ?? UInt(word) else {
        throw .parameterChoice(parameter, among: verifyFlags.map(\.key))
      }
      flags |= flag
    }
    return flags
  }
}
