import Core

extension Failure {
  /// - Parameters:
  ///   - consequence: what the fault means for the message.
  ///   - exit: the code, unless it is the settings that are wrong.
  init(_ fault: TLSFault, with address: RedisAddress, consequence: String, _ exit: ExitCode) {
    let settingsExit: ExitCode = exit == .uncertain ? .uncertain : .usage
    switch fault {
    case .library(let error):
      self.init("rediss:// \(Self.text(error))\(consequence)", "", settingsExit)
    case .setting(let name, let reason): self.init(name, reason + consequence, settingsExit)
    default:
      let (detail, hint) = Self.text(fault, with: address)
      self.init("cannot connect to \(address)", detail + consequence, hint: hint, exit)
    }
  }

  private static func text(_ fault: TLSFault, with address: RedisAddress) -> (String, String?) {
    let hasCertificate = address.tls?.certificateFile != nil
    return switch fault {
    case .plainServer: ("the server does not speak TLS", "redis:// connects without it")
    case .plainClient: ("the server speaks TLS", speaksTLS)
    case .ended(let reason): ("\(reason), during the TLS handshake", "does this port speak TLS?")
    case .timedOut(let seconds):
      ("no TLS handshake within \(readable(seconds)) s", "does this port speak TLS?")
    case .hostName(let host):
      (
        "the server's certificate is not for '\(host)'",
        "redis-py before 6 did not check the name; ssl_check_hostname=false does without too"
      )
    case .certificate(let reason):
      (
        "the server's certificate is not trusted: \(reason)",
        "ssl_ca_certs=FILE in the URL names the authority that signed it"
      )
    case .certificateDate(let reason):
      ("the server's certificate is not valid now: \(reason)", "is this machine's clock right?")
    case .clientCertificate(let reason) where hasCertificate:
      ("the server does not accept the certificate of ssl_certfile: \(reason)", nil)
    case .clientCertificate:
      (
        "the server wants a client's certificate",
        "ssl_certfile=FILE and ssl_keyfile=FILE in the URL name it and its key"
      )
    case .handshake(let reason):
      (
        "the TLS handshake failed: \(reason)",
        hasCertificate ? nil : "does the server want a client's certificate? ssl_certfile names it"
      )
    case .library, .setting: ("", nil)
    }
  }

  /// What to do where a server that we spoke to plainly may want TLS.
  static let speaksTLS = "does this port speak TLS? then the URL begins with rediss://"

  static func text(_ error: OpenSSLError) -> String {
    switch error {
    case .missing(let libraries): "needs OpenSSL's \(libraries.joined(separator: " or "))"
    case .incomplete(let library, let symbol): "needs a newer \(library), one with \(symbol)"
    }
  }

  /// What is wrong with a layer's `symmetric_encryption_keys`, or with a message that they hide.
  static func text(_ error: FernetError) -> String {
    switch error {
    case .library(let error): text(error)
    case .encryption: "OpenSSL would not encrypt"
    case .invalidToken: "not encrypted with any of the symmetric_encryption_keys"
    case .noKeys: "encrypted, and there are no symmetric_encryption_keys"
    case .expired: "encrypted longer ago than a reader allows"
    case .ahead: "encrypted by a clock that is more than a minute ahead of this machine's"
    }
  }
}
