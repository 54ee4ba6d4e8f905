/// One key: signs with its first half, encrypts with its second.
///
/// A token is 0x80, the time (64 bits), the IV (16 bytes), AES-128-CBC with PKCS #7 padding, and the
/// HMAC-SHA256 of all that.
@safe final class FernetKey {
  static let blockSize = 16
  private static let signatureSize = 32
  private static let version: UInt8 = 0x80
  private static let headSize = 1 + 8 + blockSize

  private let crypto: LibCrypto
  /// With the keys set, since that is most of the work.
  private let encryption: OpaquePointer
  private let decryption: OpaquePointer
  private let hmac: OpaquePointer

  /// The key that a secret stands for: its SHA-256.
  static func bytes(of secret: String, _ crypto: LibCrypto) -> [UInt8] {
    let text = Array(secret.utf8)
    var key = [UInt8](repeating: 0, count: 2 * blockSize)
    _ = unsafe crypto.sha256(text, text.count, &key)
    return key
  }

  /// From 32 bytes.
  init(_ key: [UInt8], _ crypto: LibCrypto) throws(FernetError) {
    guard let encryption = unsafe crypto.newCipher(), let decryption = unsafe crypto.newCipher(),
      let hmac = unsafe crypto.newHMAC()
    else { throw .encryption }
    self.crypto = crypto
    unsafe self.encryption = unsafe encryption
    unsafe self.decryption = unsafe decryption
    unsafe self.hmac = unsafe hmac
    let (signing, hiding) = (Array(key.prefix(Self.blockSize)), Array(key.suffix(Self.blockSize)))
    guard
      unsafe crypto.startHMAC(hmac, signing, Int32(signing.count), crypto.digestSHA256(), nil) == 1,
      unsafe crypto.startCipher(encryption, crypto.aes128CBC(), nil, hiding, nil, 1) == 1,
      unsafe crypto.startCipher(decryption, crypto.aes128CBC(), nil, hiding, nil, 0) == 1
    else { throw .encryption }
  }

  deinit {
    unsafe crypto.freeCipher(encryption)
    unsafe crypto.freeCipher(decryption)
    unsafe crypto.freeHMAC(hmac)
  }

  /// A token's bytes; `vector` must be random, and used once.
  func seal(_ message: [UInt8], vector: [UInt8], time: Int) throws(FernetError) -> [UInt8] {
    let big = UInt64(bitPattern: Int64(time))
    var token = [Self.version]
    token.reserveCapacity(Self.headSize + message.count + Self.blockSize + Self.signatureSize)
    for shift in stride(from: 56, through: 0, by: -8) {
      token.append(UInt8(truncatingIfNeeded: big >> UInt64(shift)))
    }
    token += vector
    guard let hidden = unsafe run(encryption, vector, message[...]) else { throw .encryption }
    token += hidden
    guard let signature = signature(of: token[...]) else { throw .encryption }
    return token + signature
  }

  /// The message and the time of a token's bytes; nil where this key did not make it.
  ///
  /// The signature is looked at first, and in the same time wherever it differs.
  func open(_ token: [UInt8]) -> (message: [UInt8], time: Int)? {
    guard token.count > Self.headSize + Self.signatureSize, token[0] == Self.version,
      let signature = signature(of: token.dropLast(Self.signatureSize)),
      unsafe crypto.compare(
        signature, Array(token.suffix(Self.signatureSize)), Self.signatureSize) == 0
    else { return nil }
    let time = token[1..<9].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let vector = Array(token[9..<Self.headSize])
    guard
      let message = unsafe run(
        decryption, vector, token[Self.headSize...].dropLast(Self.signatureSize))
    else { return nil }
    return (message, Int(clamping: time))
  }

  private func signature(of bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var signature = [UInt8](repeating: 0, count: Self.signatureSize)
    let isSigned = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe crypto.startHMAC(hmac, nil, 0, nil, nil) == 1
        && crypto.updateHMAC(hmac, bytes.baseAddress, bytes.count) == 1
        && crypto.finishHMAC(hmac, &signature, nil) == 1
    }
    return isSigned ? signature : nil
  }

  /// What comes out of a cipher; nil where the padding or the length is wrong.
  private func run(
    _ cipher: OpaquePointer, _ vector: [UInt8], _ input: ArraySlice<UInt8>
  ) -> [UInt8]? {
    guard let size = Int32(exactly: input.count) else { return nil }
    var isDone = false
    let output = unsafe [UInt8](unsafeUninitializedCapacity: input.count + Self.blockSize) {
      output, count in
      var written: Int32 = 0
      var last: Int32 = 0
      isDone = unsafe input.withUnsafeBufferPointer { input in
        unsafe crypto.startCipher(cipher, nil, nil, nil, vector, -1) == 1
          && crypto.updateCipher(cipher, output.baseAddress, &written, input.baseAddress, size) == 1
          && crypto.finishCipher(cipher, output.baseAddress.map { unsafe $0 + Int(written) }, &last)
            == 1
      }
      count = isDone ? Int(written + last) : 0
    }
    return isDone ? output : nil
  }
}
