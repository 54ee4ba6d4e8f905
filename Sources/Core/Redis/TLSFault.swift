/// Why there is no TLS with a server; nothing of the caller's was written.
package enum TLSFault: Error, Equatable, Sendable {
  case library(OpenSSLError)
  /// A setting, by redis-py's name, that OpenSSL cannot use.
  case setting(String, reason: String)
  /// What the server answered is no TLS.
  case plainServer
  /// We spoke plainly, and the server answered with an alert of TLS.
  case plainClient
  /// The connection ended during the handshake.
  case ended(String)
  /// The handshake was not done in so many seconds.
  case timedOut(Double)
  /// The server's certificate is for other hosts.
  case hostName(String)
  /// The server's certificate is not trusted, in OpenSSL's words.
  case certificate(String)
  /// The server's certificate has expired, or is not valid yet.
  case certificateDate(String)
  /// The server wants a certificate of the client, or another one, in OpenSSL's words.
  case clientCertificate(String)
  /// Anything else, in OpenSSL's words.
  case handshake(String)
}
