/// What `rediss://` asks of the encryption: redis-py's `ssl_…` settings with its newest defaults
/// (`redis/connection.py SSLConnection`).
package struct TLSOptions: Equatable, Sendable {
  /// False for `ssl_cert_reqs=none`; `optional` asks the same of a client as `required`.
  package var verifiesCertificate = true
  /// `ssl_check_hostname`; redis-py before 6 did not, unless told to.
  package var checksHostname = true
  /// Certificates to trust in place of the system's: `ssl_ca_certs`, `ssl_ca_path`, `ssl_ca_data` (PEM).
  package var authorityFile: String?
  package var authorityFolder: String?
  package var authorityData: String?
  /// The client's own: `ssl_certfile`, `ssl_keyfile` (or in the same file), `ssl_password`.
  package var certificateFile: String?
  package var keyFile: String?
  package var keyPassword: String?
  /// `ssl_ciphers`, in OpenSSL's words: TLS 1.2 and before.
  package var ciphers: String?
  /// `ssl_min_version`.
  package var minimumVersion: Version?
  /// `ssl_include_verify_flags`, `ssl_exclude_verify_flags`: OpenSSL's `X509_V_FLAG_…`.
  package var includedFlags: UInt = 0
  package var excludedFlags: UInt = 0

  package enum Version: Int, Sendable {
    case tls1_2 = 0x0303
    case tls1_3 = 0x0304
  }

  package init() {}
}
