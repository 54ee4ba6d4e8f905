import Glibc

/// TLS over a connected socket that does not block: the client's side, by OpenSSL.
@safe final class TLSTransport {
  private let library: LibSSL
  private let session: OpaquePointer
  private let host: String

  private static let setServerName: Int32 = 55
  /// An authority of ours is trusted also where it is an intermediate one, as by Python 3.13.
  private static let partialChain: UInt = 0x80000

  /// Nothing is written before `handshake`.
  init(_ descriptor: Int32, _ settings: TLSSettings) throws(TLSFault) {
    library = settings.library
    host = settings.host
    let options = settings.options
    // It keeps the settings alive.
    guard let session = unsafe library.newSession(settings.context) else {
      throw .handshake("out of memory")
    }
    unsafe self.session = unsafe session
    guard unsafe library.setDescriptor(session, descriptor) == 1 else {
      throw .handshake("out of memory")
    }
    let parameters = unsafe library.parameters(session)
    _ = unsafe library.setFlags(parameters, Self.partialChain | options.includedFlags)
    _ = unsafe library.clearFlags(parameters, options.excludedFlags)
    var address = in6_addr()
    let families = [AF_INET, AF_INET6]
    let isIP = families.contains { unsafe inet_pton($0, host, &address) == 1 }
    if !isIP {
      var name = Array(host.utf8CString)
      _ = unsafe library.control(session, Self.setServerName, 0, &name)
    }
    guard options.verifiesCertificate, options.checksHostname else { return }
    let isSet =
      unsafe isIP
      ? library.setIPAddress(parameters, host) : library.setHostName(parameters, host, 0)
    guard isSet == 1 else { throw .hostName(host) }
  }

  deinit {
    unsafe library.freeSession(session)
  }

  /// One step of the handshake, which is over when one is `.done`.
  func handshake() -> Transport.Step {
    forgetErrors()
    let step = step(unsafe library.connect(session)) { .refused(fault($0, $1)) }
    switch step {
    case .closed: return .refused(.ended("the server closed the connection"))
    case .failed(let reason): return .refused(.ended(reason))
    default: return step
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Transport.Step {
    forgetErrors()
    let size = Int32(clamping: buffer.count)
    return step(unsafe library.read(session, buffer.baseAddress, size), Self.lateFault)
  }

  func write(_ buffer: UnsafeRawBufferPointer) -> Transport.Step {
    forgetErrors()
    let size = Int32(clamping: buffer.count)
    let step = step(unsafe library.write(session, buffer.baseAddress, size), Self.lateFault)
    guard case .failed = step else { return step }
    // Where the server has gone, an alert that came before may say why.
    var alert: [UInt8] = [0]
    let last = unsafe alert.withUnsafeMutableBytes { unsafe read(into: $0) }
    return if case .refused = last { last } else { step }
  }

  /// So that the server does not take the end for an accident.
  func close() {
    library.clearErrors()
    _ = unsafe library.shutdown(session)
  }

  private func forgetErrors() {
    library.clearErrors()
    errno = 0
  }

  /// What a call's result means (`SSL_get_error`).
  private func step(
    _ result: Int32, _ faulty: (_ reason: Int, _ text: String) -> Transport.Step
  ) -> Transport.Step {
    let number = errno
    if result > 0 { return .done(Int(result)) }
    switch unsafe library.error(session, result) {
    case Status.wantsRead: return .blocked(POLLIN)
    case Status.wantsWrite: return .blocked(POLLOUT)
    case Status.closed: return .closed
    case Status.systemError where number != 0: return .failed(systemError(number))
    case Status.systemError: return .closed
    default:
      let (reason, text) = library.takeFault() ?? (0, "a fault that OpenSSL does not name")
      return reason == Reason.unexpectedEnd ? .closed : faulty(reason, text)
    }
  }

  private func fault(_ reason: Int, _ text: String) -> TLSFault {
    switch reason {
    case Reason.notTLS: return .plainServer
    case Reason.certificate:
      let result = unsafe library.verifyResult(session)
      let text = unsafe library.verifyText(result).map { unsafe String(cString: $0) } ?? text
      // X509_V_ERR_… of `openssl/x509_vfy.h`.
      return switch result {
      case 62, 64: .hostName(host)
      case 9, 10: .certificateDate(text)
      default: .certificate(text)
      }
    case _ where Reason.clientAlerts.contains(reason): return .clientCertificate(text)
    default: return .handshake(text)
    }
  }

  /// After the handshake: TLS 1.3 tells a client only then that its certificate will not do.
  private static func lateFault(_ reason: Int, _ text: String) -> Transport.Step {
    Reason.clientAlerts.contains(reason) ? .refused(.clientCertificate(text)) : .failed(text)
  }

  private enum Status {
    static let wantsRead: Int32 = 2
    static let wantsWrite: Int32 = 3
    static let systemError: Int32 = 5
    static let closed: Int32 = 6
  }

  /// `openssl/sslerr.h`.
  private enum Reason {
    static let certificate = 134
    static let notTLS = 267
    static let unexpectedEnd = 294
    /// Alerts on a certificate: bad, unsupported, revoked, expired, unknown, of an unknown authority, missing.
    static let clientAlerts = [1042, 1043, 1044, 1045, 1046, 1048, 1116]
  }
}
