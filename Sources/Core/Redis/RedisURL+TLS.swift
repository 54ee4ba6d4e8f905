extension TLSOptions {
  /// The parameters of a `rediss://` URL that say how to encrypt.
  package static let parameters = [
    "ssl_cert_reqs", "ssl_check_hostname", "ssl_ca_certs", "ssl_ca_path", "ssl_ca_data",
    "ssl_certfile", "ssl_keyfile", "ssl_password", "ssl_ciphers", "ssl_min_version",
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
    default:
      let versions: [Version] = [.tls1_2, .tls1_3]
      minimumVersion = versions.first { "\($0.rawValue)" == value }
      guard minimumVersion != nil else {
        throw .parameterChoice("ssl_min_version", among: versions.map { "\($0.rawValue)" })
      }
    }
  }
}
