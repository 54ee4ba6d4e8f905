import Core
import Testing

@testable import turboctl

struct TLSFailureTests {
  private static func failure(_ fault: TLSFault, delivered: [GroupName] = []) throws -> Failure {
    let address = try RedisURL.parse("rediss://user:s3cret@h:6380")
    return Failure(.layer(.unreachable(.tls(address, fault)), delivered: delivered))
  }

  @Test(arguments: [
    (
      TLSFault.library(.missing(["libssl.so.3", "libssl.so.1.1"])), ExitCode.usage,
      "rediss:// needs OpenSSL's libssl.so.3 or libssl.so.1.1"
    ),
    (
      .setting("ssl_ca_certs", reason: "ca.pem: No such file or directory"), .usage,
      "ssl_ca_certs: ca.pem: No such file or directory"
    ),
    (.plainServer, .unreachable, "cannot connect to h:6380: the server does not speak TLS"),
    (.timedOut(5), .unreachable, "cannot connect to h:6380: no TLS handshake within 5 s"),
    (
      .hostName("h"), .unreachable,
      "cannot connect to h:6380: the server's certificate is not for 'h'"
    ),
    (
      .clientCertificate("tlsv13 alert certificate required"), .unreachable,
      "cannot connect to h:6380: the server wants a client's certificate"
    ),
  ])
  func inALine(fault: TLSFault, exit: ExitCode, line: String) throws {
    let failure = try Self.failure(fault)
    #expect(failure.line == line)
    #expect(failure.exit == exit)
  }

  @Test func aWrongSettingOfOneHostDoesNotHideWhatAnotherDelivered() throws {
    let failure = try Self.failure(
      .setting("ssl_ciphers", reason: "no cipher match"), delivered: [try GroupName("g")])
    #expect(failure.line == "ssl_ciphers: no cipher match; delivered to g")
    #expect(failure.exit == .uncertain)
  }

  @Test(arguments: [
    (FernetError.library(.missing(["libcrypto.so.3"])), "needs OpenSSL's libcrypto.so.3"),
    (
      .library(.incomplete("libcrypto.so.1.1", symbol: "F")),
      "needs a newer libcrypto.so.1.1, one with F"
    ),
    (.invalidToken, "not encrypted with any of the symmetric_encryption_keys"),
    (.noKeys, "encrypted, and there are no symmetric_encryption_keys"),
  ])
  func encryptionInWords(error: FernetError, text: String) {
    #expect(Failure.text(error) == text)
  }
}
