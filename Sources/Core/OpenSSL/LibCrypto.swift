/// What Fernet needs of OpenSSL's libcrypto, by the names of `openssl/evp.h`, `hmac.h` and `sha.h`.
///
/// Each is there in OpenSSL 1.1 and in 3. Sizes are `int` where the header says so.
@safe struct LibCrypto {
  typealias Bytes = UnsafePointer<UInt8>
  typealias Buffer = UnsafeMutablePointer<UInt8>

  let sha256: @convention(c) (Bytes?, Int, Buffer?) -> Buffer?
  let compare: @convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, Int) -> Int32

  let newCipher: @convention(c) () -> OpaquePointer?
  let freeCipher: @convention(c) (OpaquePointer?) -> Void
  let aes128CBC: @convention(c) () -> OpaquePointer?
  /// The context, the kind of cipher, an engine, the key, the IV, 1 to encrypt or 0 to decrypt.
  let startCipher:
    @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?, Bytes?, Bytes?, Int32) -> Int32
  let updateCipher:
    @convention(c) (OpaquePointer?, Buffer?, UnsafeMutablePointer<Int32>?, Bytes?, Int32) -> Int32
  let finishCipher: @convention(c) (OpaquePointer?, Buffer?, UnsafeMutablePointer<Int32>?) -> Int32

  let newHMAC: @convention(c) () -> OpaquePointer?
  let freeHMAC: @convention(c) (OpaquePointer?) -> Void
  let digestSHA256: @convention(c) () -> OpaquePointer?
  let startHMAC:
    @convention(c) (OpaquePointer?, Bytes?, Int32, OpaquePointer?, OpaquePointer?) -> Int32
  let updateHMAC: @convention(c) (OpaquePointer?, Bytes?, Int) -> Int32
  let finishHMAC: @convention(c) (OpaquePointer?, Buffer?, UnsafeMutablePointer<UInt32>?) -> Int32

  init() throws(OpenSSLError) {
    let library = try DynamicLibrary(anyOf: ["libcrypto.so.3", "libcrypto.so.1.1"])
    unsafe sha256 = try library.function("SHA256")
    unsafe compare = try library.function("CRYPTO_memcmp")
    unsafe newCipher = try library.function("EVP_CIPHER_CTX_new")
    unsafe freeCipher = try library.function("EVP_CIPHER_CTX_free")
    unsafe aes128CBC = try library.function("EVP_aes_128_cbc")
    unsafe startCipher = try library.function("EVP_CipherInit_ex")
    unsafe updateCipher = try library.function("EVP_CipherUpdate")
    unsafe finishCipher = try library.function("EVP_CipherFinal_ex")
    unsafe newHMAC = try library.function("HMAC_CTX_new")
    unsafe freeHMAC = try library.function("HMAC_CTX_free")
    unsafe digestSHA256 = try library.function("EVP_sha256")
    unsafe startHMAC = try library.function("HMAC_Init_ex")
    unsafe updateHMAC = try library.function("HMAC_Update")
    unsafe finishHMAC = try library.function("HMAC_Final")
  }
}
