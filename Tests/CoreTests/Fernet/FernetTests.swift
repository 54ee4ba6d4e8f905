import Testing

@testable import Core

/// The vectors of the Fernet specification (github.com/fernet/spec), which cryptography is tested with too.
struct FernetTests {
  private static let now = 499_162_800
  private static let token = """
    gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==
    """
  private static let key = Array("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=".utf8)

  private func specified() throws -> Fernet {
    let key = try #require(Base64URL.decode(Self.key[...]))
    return try Fernet(keys: [key], Fernet.crypto())
  }

  private func fernet(_ secrets: String...) throws -> Fernet {
    try #require(try Fernet(secrets: secrets))
  }

  @Test func makesTheSpecifiedToken() throws {
    let key = try #require(Base64URL.decode(Self.key[...]))
    let sealed = try FernetKey(key, Fernet.crypto()).seal(
      Array("hello".utf8), vector: Array(0..<16), time: Self.now)
    #expect(String(decoding: Base64URL.encode(sealed), as: UTF8.self) == Self.token)
  }

  @Test func readsTheSpecifiedToken() throws {
    let message = try specified().decrypt(Array(Self.token.utf8)[...], ttl: 60, now: Self.now + 1)
    #expect(message == Array("hello".utf8))
  }

  @Test(arguments: [
    (
      "incorrect mac", FernetError.invalidToken, 0,
      "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ=="
    ),
    ("too short", .invalidToken, 0, "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA=="),
    (
      "invalid base64", .invalidToken, 0,
      "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q=="
    ),
    (
      "payload size not multiple of block size", .invalidToken, 0,
      "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm"
    ),
    (
      "payload padding error", .invalidToken, 0,
      "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw=="
    ),
    (
      "far-future", .ahead, 0,
      "gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw=="
    ),
    (
      "expired", .expired, 90,
      "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q=="
    ),
    (
      "incorrect IV", .invalidToken, 0,
      "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ=="
    ),
    ("empty", .invalidToken, 0, ""),
    ("another version", .invalidToken, 0, "gQAAAAAdwJ6x" + token.dropFirst(12)),
  ])
  func refuses(name: String, error: FernetError, later: Int, token: String) throws {
    #expect(throws: error) {
      try specified().decrypt(Array(token.utf8)[...], ttl: 60, now: Self.now + 1 + later)
    }
  }

  /// A token that one changed byte does not spoil would be one that can be forged.
  @Test func refusesEveryChangedByte() throws {
    let fernet = try specified()
    let bytes = try #require(Base64URL.decode(Array(Self.token.utf8)[...]))
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      #expect(throws: FernetError.invalidToken) {
        try fernet.decrypt(Base64URL.encode(changed)[...], ttl: nil, now: 0)
      }
    }
  }

  /// As measured with channels_redis, which grants a message its expiry and ten seconds.
  @Test(arguments: [
    (59, nil), (60, nil), (61, FernetError.ahead), (-70, nil), (-71, .expired),
  ])
  func heedsTheClock(offset: Int, error: FernetError?) throws {
    let fernet = try fernet("secret")
    let token = try fernet.encrypt([1], now: Self.now + offset)
    let result = Result { try fernet.decrypt(token[...], ttl: 70, now: Self.now) }
    switch result {
    case .success(let message): #expect(message == [1] && error == nil)
    case .failure(let thrown): #expect(thrown as? FernetError == error)
    }
    #expect(try fernet.decrypt(token[...], ttl: nil, now: Self.now) == [1])
  }

  /// Made by cryptography 50, with keys as channels_redis' `make_fernet` derives them.
  @Test(arguments: [
    (
      "secret", [],
      "gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD3GQfGstCF1tDBmaslQTrGPVrR0VUUKiQ3lbqJYqUDm7-FMU2tYnFj5qzOZpWgK8ag=="
    ),
    (
      "ключ", Array("hello".utf8),
      "gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD_TvBdoZWgMhrHIvHSCzttrXGkyFCEuGjuG7itSAG_L9bKt_zzNO3U2xraK1I7fS9A=="
    ),
    (
      "secret", [UInt8](repeating: 0, count: 16),
      "gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD0xp5u8FUQE6StOZ9WIk_WhRSTT1j6ZpeCNo1FNfqoJ90_xdXvlP1YYhJLXqf_NFS3OUaz7YNiaBSALprUNv4Xw="
    ),
    (
      "ключ", Array("ключ".utf8),
      "gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD-52hyGIwsIV2mKdCc-mwHuUmysU1N_VTVL2mPIWXLNB3VMXUIJiVLpVpjsQs-2Z1w=="
    ),
  ])
  func agreesWithCryptography(secret: String, message: [UInt8], token: String) throws {
    let fernet = try fernet(secret)
    #expect(try fernet.decrypt(Array(token.utf8)[...], ttl: nil, now: 0) == message)
    let crypto = try Fernet.crypto()
    let sealed = try FernetKey(FernetKey.bytes(of: secret, crypto), crypto).seal(
      message, vector: Array(0..<16), time: 1_700_000_000)
    #expect(Base64URL.encode(sealed) == Array(token.utf8))
  }

  @Test func firstKeyEncryptsAndAllDecrypt() throws {
    let old = try fernet("old")
    let rotated = try fernet("new", "old")
    let token = try rotated.encrypt([1, 2, 3], now: Self.now)
    #expect(try fernet("new").decrypt(token[...], ttl: nil, now: 0) == [1, 2, 3])
    #expect(throws: FernetError.invalidToken) { try old.decrypt(token[...], ttl: nil, now: 0) }
    let former = try old.encrypt([4], now: Self.now)
    #expect(try rotated.decrypt(former[...], ttl: nil, now: 0) == [4])
  }

  @Test func eachTokenHasAVectorOfItsOwn() throws {
    let fernet = try fernet("secret")
    let tokens = try Set((0..<100).map { _ in try fernet.encrypt([1], now: Self.now) })
    #expect(tokens.count == 100)
  }

  @Test(arguments: [0, 1, 15, 16, 17, 255, 65_536, 5_000_000])
  func givesBackWhatItHid(size: Int) throws {
    let fernet = try fernet("secret")
    let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let token = try fernet.encrypt(message, now: Self.now)
    #expect(try fernet.decrypt(token[...], ttl: 70, now: Self.now) == message)
  }

  @Test func noSecretsAreNoFernet() throws {
    let none = try Fernet(secrets: [])
    #expect(none == nil)
  }
}
