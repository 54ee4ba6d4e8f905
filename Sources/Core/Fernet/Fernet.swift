import Glibc

/// The keys of a layer's `symmetric_encryption_keys`: the first encrypts, all decrypt
/// (`channels_redis/core.py make_fernet`, cryptography's `MultiFernet`).
package struct Fernet {
  private let keys: [FernetKey]

  /// Seconds that a sender's clock may be ahead (cryptography's `_MAX_CLOCK_SKEW`).
  private static let longestSkew = 60

  /// - Returns: nil where there are no secrets, and OpenSSL is not looked for.
  package init?(secrets: [String]) throws(FernetError) {
    guard !secrets.isEmpty else { return nil }
    let crypto = try Self.crypto()
    try self.init(keys: secrets.map { FernetKey.bytes(of: $0, crypto) }, crypto)
  }

  /// From at least one key of 32 bytes.
  init(keys: [[UInt8]], _ crypto: LibCrypto) throws(FernetError) {
    var made: [FernetKey] = []
    for key in keys { made.append(try FernetKey(key, crypto)) }
    self.keys = made
  }

  static func crypto() throws(FernetError) -> LibCrypto {
    do {
      return try LibCrypto()
    } catch {
      throw .library(error)
    }
  }

  /// A token for the message, base64 and all, that is dated `now`: seconds since 1970.
  package func encrypt(_ message: [UInt8], now: Int) throws(FernetError) -> [UInt8] {
    var vector = [UInt8](repeating: 0, count: FernetKey.blockSize)
    guard let key = keys.first, unsafe getentropy(&vector, vector.count) == 0 else {
      throw .encryption
    }
    return Base64URL.encode(try key.seal(message, vector: vector, time: now))
  }

  /// The message of a token that one of the keys made.
  ///
  /// - Parameter ttl: seconds that a token is good for; nil to take one of any date, as pub/sub layers do.
  package func decrypt(
    _ token: ArraySlice<UInt8>, ttl: Int?, now: Int
  ) throws(FernetError) -> [UInt8] {
    guard let bytes = Base64URL.decode(token) else { throw .invalidToken }
    for key in keys {
      guard let (message, time) = key.open(bytes) else { continue }
      guard let ttl else { return message }
      guard time >= now - ttl else { throw .expired }
      guard time <= now + Self.longestSkew else { throw .ahead }
      return message
    }
    throw .invalidToken
  }
}

/// What can be wrong with an encrypted message, or with what encrypts.
package enum FernetError: Error, Equatable, Sendable {
  case library(OpenSSLError)
  /// OpenSSL would not encrypt, or the system had no random bytes.
  case encryption
  /// Not a token, or none of our keys made it.
  case invalidToken
  /// A token, and we have no keys.
  case noKeys
  /// A token of ours, older than its reader allows.
  case expired
  /// A token of ours, dated more than a minute ahead of the clock.
  case ahead
}
