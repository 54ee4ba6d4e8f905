/// What a TLS client needs of OpenSSL's libssl, by the names of `openssl/ssl.h`, `x509_vfy.h` and `err.h`.
///
/// Each is there in OpenSSL 1.1 and in 3. What the headers have as a macro is a call of `…_ctrl` here.
@safe struct LibSSL {
  typealias Text = UnsafePointer<CChar>
  typealias Handle = OpaquePointer

  // The settings: SSL_CTX.
  let clientMethod: @convention(c) () -> Handle?
  let newContext: @convention(c) (Handle?) -> Handle?
  let freeContext: @convention(c) (Handle?) -> Void
  let controlContext: @convention(c) (Handle?, Int32, Int, UnsafeMutableRawPointer?) -> Int
  let setVerification: @convention(c) (Handle?, Int32, OpaquePointer?) -> Void
  let setSystemAuthorities: @convention(c) (Handle?) -> Int32
  let loadAuthorities: @convention(c) (Handle?, Text?, Text?) -> Int32
  let authorities: @convention(c) (Handle?) -> Handle?
  let setCiphers: @convention(c) (Handle?, Text?) -> Int32
  let setKeyPassword: @convention(c) (Handle?, UnsafeMutableRawPointer?) -> Void
  let useCertificateChain: @convention(c) (Handle?, Text?) -> Int32
  let useKey: @convention(c) (Handle?, Text?, Int32) -> Int32

  // Certificates in memory.
  let newMemory: @convention(c) (UnsafeRawPointer?, Int32) -> Handle?
  let freeMemory: @convention(c) (Handle?) -> Int32
  let readCertificate: @convention(c) (Handle?, Handle?, OpaquePointer?, Handle?) -> Handle?
  let addCertificate: @convention(c) (Handle?, Handle?) -> Int32
  let freeCertificate: @convention(c) (Handle?) -> Void

  // One connection: SSL.
  let newSession: @convention(c) (Handle?) -> Handle?
  let freeSession: @convention(c) (Handle?) -> Void
  let setDescriptor: @convention(c) (Handle?, Int32) -> Int32
  let control: @convention(c) (Handle?, Int32, Int, UnsafeMutableRawPointer?) -> Int
  let parameters: @convention(c) (Handle?) -> Handle?
  let setFlags: @convention(c) (Handle?, UInt) -> Int32
  let clearFlags: @convention(c) (Handle?, UInt) -> Int32
  let setHostName: @convention(c) (Handle?, Text?, Int) -> Int32
  let setIPAddress: @convention(c) (Handle?, Text?) -> Int32
  let connect: @convention(c) (Handle?) -> Int32
  let read: @convention(c) (Handle?, UnsafeMutableRawPointer?, Int32) -> Int32
  let write: @convention(c) (Handle?, UnsafeRawPointer?, Int32) -> Int32
  let shutdown: @convention(c) (Handle?) -> Int32

  // What went wrong.
  let error: @convention(c) (Handle?, Int32) -> Int32
  let verifyResult: @convention(c) (Handle?) -> Int
  let verifyText: @convention(c) (Int) -> Text?
  let clearErrors: @convention(c) () -> Void
  let nextError: @convention(c) () -> UInt
  let reason: @convention(c) (UInt) -> Text?

  init() throws(OpenSSLError) {
    let library = try DynamicLibrary(anyOf: ["libssl.so.3", "libssl.so.1.1"])
    unsafe clientMethod = try library.function("TLS_client_method")
    unsafe newContext = try library.function("SSL_CTX_new")
    unsafe freeContext = try library.function("SSL_CTX_free")
    unsafe controlContext = try library.function("SSL_CTX_ctrl")
    unsafe setVerification = try library.function("SSL_CTX_set_verify")
    unsafe setSystemAuthorities = try library.function("SSL_CTX_set_default_verify_paths")
    unsafe loadAuthorities = try library.function("SSL_CTX_load_verify_locations")
    unsafe authorities = try library.function("SSL_CTX_get_cert_store")
    unsafe setCiphers = try library.function("SSL_CTX_set_cipher_list")
    unsafe setKeyPassword = try library.function("SSL_CTX_set_default_passwd_cb_userdata")
    unsafe useCertificateChain = try library.function("SSL_CTX_use_certificate_chain_file")
    unsafe useKey = try library.function("SSL_CTX_use_PrivateKey_file")
    unsafe newMemory = try library.function("BIO_new_mem_buf")
    unsafe freeMemory = try library.function("BIO_free")
    unsafe readCertificate = try library.function("PEM_read_bio_X509")
    unsafe addCertificate = try library.function("X509_STORE_add_cert")
    unsafe freeCertificate = try library.function("X509_free")
    unsafe newSession = try library.function("SSL_new")
    unsafe freeSession = try library.function("SSL_free")
    unsafe setDescriptor = try library.function("SSL_set_fd")
    unsafe control = try library.function("SSL_ctrl")
    unsafe parameters = try library.function("SSL_get0_param")
    unsafe setFlags = try library.function("X509_VERIFY_PARAM_set_flags")
    unsafe clearFlags = try library.function("X509_VERIFY_PARAM_clear_flags")
    unsafe setHostName = try library.function("X509_VERIFY_PARAM_set1_host")
    unsafe setIPAddress = try library.function("X509_VERIFY_PARAM_set1_ip_asc")
    unsafe connect = try library.function("SSL_connect")
    unsafe read = try library.function("SSL_read")
    unsafe write = try library.function("SSL_write")
    unsafe shutdown = try library.function("SSL_shutdown")
    unsafe error = try library.function("SSL_get_error")
    unsafe verifyResult = try library.function("SSL_get_verify_result")
    unsafe verifyText = try library.function("X509_verify_cert_error_string")
    clearErrors = try library.function("ERR_clear_error")
    nextError = try library.function("ERR_get_error")
    unsafe reason = try library.function("ERR_reason_error_string")
  }
}

extension LibSSL {
  /// The oldest fault that OpenSSL has noted, and its number within the library that has it.
  func takeFault() -> (number: Int, text: String)? {
    let code = nextError()
    guard code != 0 else { return nil }
    let text = unsafe reason(code).map { unsafe String(cString: $0) }
    return (Int(code & 0xFFF), text ?? "OpenSSL's error \(code)")
  }
}
