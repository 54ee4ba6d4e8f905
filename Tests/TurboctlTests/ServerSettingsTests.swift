import Foundation
import Testing

@testable import Core
@testable import turboctl

/// Which password goes to which host.
struct ServerSettingsTests {
  private static func hosts(
    _ flags: [String], configured: String? = nil, environment: [String: String] = [:]
  ) throws -> [RedisHost] {
    let parsed = try specification.parse(["ping"] + flags, environment: { environment[$0] })
    guard case .run(let arguments) = parsed else {
      Issue.record("not a command")
      return []
    }
    let layer = try configured.map { hosts in
      let text = #"{"CHANNEL_LAYERS": {"default": {"CONFIG": {"hosts": \#(hosts)}}}}"#
      let fields = try #require(try JSONReader.read(Array(text.utf8)).object)
      return try #require(try LayerSettings.read(nil, of: fields, backend: .core))
    }
    let console = Console(
      environment: { environment[$0] }, input: Input(bytes: []), output: Output(descriptor: nil),
      errors: Output(descriptor: nil))
    return try ServerSettings(arguments, layer).hosts(console)
  }

  private static func passwords(
    _ flags: [String], configured: String? = nil, environment: [String: String] = [:]
  ) throws -> [String?] {
    try hosts(flags, configured: configured, environment: environment).map(\.password)
  }

  /// Calls with the flag for a file that holds a password.
  private static func withPasswordFile<Result>(
    _ body: ([String]) throws -> Result
  ) throws -> Result {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try "file\r\nsecond line".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(["--password-file", file.path])
  }

  private static let two = #"["redis://:own@a", {"sentinels": [["b", 1]], "master_name": "m"}]"#

  @Test(arguments: [
    ([:], ["own", nil]),
    (["REDISCLI_AUTH": "weak"], ["own", "weak"]),
    (["REDISCLI_AUTH": "weak", "TURBOCTL_REDIS_PASSWORD": "strong"], ["strong", "strong"]),
    (["REDISCLI_AUTH": "weak", "TURBOCTL_REDIS_PASSWORD": ""], ["own", "weak"]),
  ])
  func ourVariableBeatsTheConfigurationAndTheOtherFillsIt(
    environment: [String: String], passwords: [String?]
  ) throws {
    let hosts = try Self.hosts([], configured: Self.two, environment: environment)
    #expect(hosts.map(\.password) == passwords)
    guard case .sentinel(let sentinel) = hosts[1] else {
      Issue.record("not a sentinel")
      return
    }
    #expect(sentinel.sentinels.map(\.password) == [nil])
  }

  @Test(arguments: [
    (["--redis", "redis://:own@a"], [:], ["own"]),
    ([], ["TURBOCTL_REDIS_URL": "redis://:own@a"], ["own"]),
    ([], ["REDIS_URL": "redis://:own@a"], ["strong"]),
    (["--redis", "redis://:own@a", "--redis", "redis://b"], [:], ["own", "strong"]),
  ])
  func ourVariableBeatsNoURLOfItsRank(
    flags: [String], urls: [String: String], passwords: [String?]
  ) throws {
    let environment = urls.merging(["TURBOCTL_REDIS_PASSWORD": "strong"]) { $1 }
    #expect(try Self.passwords(flags, environment: environment) == passwords)
  }

  @Test func theFilesBeatsTheConfigurationAndFillsURLs() throws {
    try Self.withPasswordFile { flag throws in
      #expect(try Self.passwords(flag, configured: Self.two) == ["file", "file"])
      let one = flag + ["--redis", "redis://:a@a", "--redis", "redis://b"]
      #expect(try Self.passwords(one) == ["a", "file"])
      let both = flag + ["--redis", "redis://:a@a", "--redis", "redis://:b@b"]
      #expect(try Self.passwords(both) == ["file", "file"])
      let environment = ["TURBOCTL_REDIS_PASSWORD": "strong"]
      #expect(try Self.passwords(flag, environment: environment) == ["file"])
    }
  }

  @Test func shardsKeepTheirOrder() throws {
    let flags = ["c", "a", "b"].flatMap { ["--redis", "redis://\($0)"] }
    let hosts = try Self.hosts(flags)
    #expect(hosts.map { "\($0)" } == ["c:6379", "a:6379", "b:6379"])
  }

  @Test func onePasswordIsAskedFor() {
    let run = CommandRun(["ping", "--askpass", "--password-file", "x"])
    #expect(run.errors == "turboctl: --askpass and --password-file exclude each other\n")
    #expect(run.code == .usage)
  }
}
