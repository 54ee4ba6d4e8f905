import Glibc

/// OpenSSL's settings for a client of one host (`SSL_CTX`), made of a URL's.
@safe final class TLSSettings {
  let host: String
  let options: TLSOptions
  let library: LibSSL
  let context: OpaquePointer

  private static let setMinimumVersion: Int32 = 123
  private static let setMode: Int32 = 33
  /// A write may take a part, and go on from another place of memory.
  private static let partialWrites = 1 | 2
  private static let pem: Int32 = 1

  init(_ options: TLSOptions, host: String) throws(TLSFault) {
    self.host = host
    self.options = options
    do {
      library = try LibSSL()
    } catch {
      throw .library(error)
    }
    guard let context = unsafe library.newContext(library.clientMethod()) else {
      throw .handshake("out of memory")
    }
    unsafe self.context = unsafe context
    library.clearErrors()
    let version = options.minimumVersion ?? .tls1_2
    _ = unsafe library.controlContext(context, Self.setMinimumVersion, version.rawValue, nil)
    _ = unsafe library.controlContext(context, Self.setMode, Self.partialWrites, nil)
    unsafe library.setVerification(context, options.verifiesCertificate ? 1 : 0, nil)
    try trustAuthorities()
    try useCertificate()
    if let ciphers = options.ciphers, unsafe library.setCiphers(context, ciphers) != 1 {
      throw .setting("ssl_ciphers", reason: reason)
    }
  }

  deinit {
    unsafe library.freeContext(context)
  }

  /// redis-py adds these to the system's; who names authorities means no others.
  private func trustAuthorities() throws(TLSFault) {
    if let file = options.authorityFile {
      try requireReadable(file, "ssl_ca_certs")
      let isLoaded = unsafe library.loadAuthorities(context, file, nil) == 1
      guard isLoaded else { throw .setting("ssl_ca_certs", reason: "\(file): \(reason)") }
    }
    if let folder = options.authorityFolder {
      try requireReadable(folder, "ssl_ca_path")
      _ = unsafe library.loadAuthorities(context, nil, folder)
    }
    if let text = options.authorityData, trust(text) == 0 {
      throw .setting("ssl_ca_data", reason: reason)
    }
    guard options.authorityFile == nil, options.authorityFolder == nil,
      options.authorityData == nil
    else { return }
    _ = unsafe library.setSystemAuthorities(context)
  }

  /// Trusts each certificate of a PEM text.
  ///
  /// - Returns: how many there are.
  private func trust(_ text: String) -> Int {
    unsafe Array(text.utf8).withUnsafeBytes { bytes in
      let memory = unsafe library.newMemory(bytes.baseAddress, Int32(clamping: bytes.count))
      defer { _ = unsafe library.freeMemory(memory) }
      var count = 0
      while let certificate = unsafe library.readCertificate(memory, nil, nil, nil) {
        _ = unsafe library.addCertificate(library.authorities(context), certificate)
        unsafe library.freeCertificate(certificate)
        count += 1
      }
      return count
    }
  }

  /// The client's own certificate and its key, which may stand in one file.
  private func useCertificate() throws(TLSFault) {
    guard let file = options.certificateFile ?? options.keyFile else { return }
    let name = options.certificateFile == nil ? "ssl_keyfile" : "ssl_certfile"
    try requireReadable(file, name)
    guard unsafe library.useCertificateChain(context, file) == 1 else {
      throw .setting(name, reason: "\(file): \(reason)")
    }
    let key = options.keyFile ?? file
    let keyName = options.keyFile == nil ? "ssl_certfile" : "ssl_keyfile"
    try requireReadable(key, keyName)
    // Without a password of ours OpenSSL would ask the terminal for one.
    var password = Array((options.keyPassword ?? "").utf8CString)
    let isUsed = unsafe password.withUnsafeMutableBytes { password in
      unsafe library.setKeyPassword(context, password.baseAddress)
      defer { unsafe library.setKeyPassword(context, nil) }
      return unsafe library.useKey(context, key, Self.pem) == 1
    }
    guard isUsed else {
      let text = "\(key): no key of the certificate that ssl_password opens"
      let other = options.keyFile == nil ? "; ssl_keyfile names another file" : ""
      throw .setting(keyName, reason: "\(text)\(other): \(reason)")
    }
  }

  private func requireReadable(_ path: String, _ parameter: String) throws(TLSFault) {
    guard unsafe access(path, R_OK) != 0 else { return }
    throw .setting(parameter, reason: "\(path): \(systemError())")
  }

  private var reason: String { library.takeFault()?.text ?? "OpenSSL does not say why" }
}
