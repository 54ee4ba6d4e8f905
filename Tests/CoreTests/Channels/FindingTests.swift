import Testing

@testable import Core

struct FindingTests {
  private static let healthy = [
    "redis_version": "7.0.15", "redis_mode": "standalone", "role": "master",
    "cluster_enabled": "0", "used_memory": "1000", "maxmemory": "0",
    "maxmemory_policy": "noeviction", "evicted_keys": "0", "rdb_last_bgsave_status": "ok",
    "aof_enabled": "0",
  ]

  private func findings(
    _ changes: [String: String], _ settings: [String: String]? = [:]
  ) -> [Finding] {
    let fields = Self.healthy.merging(changes) { $1 }
    let text = fields.map { "\($0):\($1)\r\n" }.joined()
    return Finding.findings(in: ServerInfo("# Server\r\n" + text), settings: settings)
  }

  @Test func aHealthyServerHasNone() {
    #expect(findings([:]) == [])
  }

  @Test(
    arguments: [
      (["redis_version": "4.0.9"], .tooOld(version: "4.0.9"), .critical),
      (["role": "slave"], .replica, .critical),
      (["redis_mode": "sentinel"], .sentinel, .critical),
      (["cluster_enabled": "1"], .cluster, .critical),
      (
        ["maxmemory_policy": "allkeys-lru"],
        .eviction(policy: "allkeys-lru", used: 1000, limit: 0, evicted: 0), .warning
      ),
      (
        ["maxmemory_policy": "volatile-ttl", "maxmemory": "2000"],
        .eviction(policy: "volatile-ttl", used: 1000, limit: 2000, evicted: 0), .warning
      ),
      (
        ["maxmemory_policy": "volatile-ttl", "maxmemory": "1200"],
        .eviction(policy: "volatile-ttl", used: 1000, limit: 1200, evicted: 0), .critical
      ),
      (
        ["maxmemory_policy": "volatile-ttl", "maxmemory": "2000", "evicted_keys": "1"],
        .eviction(policy: "volatile-ttl", used: 1000, limit: 2000, evicted: 1), .critical
      ),
      (["maxmemory": "1100"], .memoryNear(used: 1000, limit: 1100), .warning),
      (["maxmemory": "1000"], .memoryNear(used: 1000, limit: 1000), .critical),
      (["rdb_last_bgsave_status": "err"], .snapshotFailing(stopsWrites: true), .critical),
      (["aof_enabled": "1", "aof_last_write_status": "err"], .appendFailing, .critical),
    ] as [([String: String], Finding, Finding.Severity)])
  func isFoundByItself(
    changes: [String: String], finding: Finding, severity: Finding.Severity
  ) {
    #expect(findings(changes) == [finding])
    #expect(finding.severity == severity)
  }

  @Test(
    arguments: [
      (["save": "3600 1"], true), (["save": ""], false),
      (["save": "3600 1", "stop-writes-on-bgsave-error": "no"], false), (nil, nil),
    ] as [([String: String]?, Bool?)])
  func aFailedSnapshotStopsWritesWhereTheServerIsSetSo(
    settings: [String: String]?, stopsWrites: Bool?
  ) {
    let found = findings(["rdb_last_bgsave_status": "err"], settings)
    #expect(found == [.snapshotFailing(stopsWrites: stopsWrites)])
  }

  @Test(
    arguments: [
      ("normal 0 0 0 slave 1 1 60 pubsub 33554432 8388608 60", []),
      ("pubsub 1048576 0 60", [.outputLimit(kind: "pubsub", bytes: 1_048_576)]),
      ("normal 0 65536 60", [.outputLimit(kind: "normal", bytes: 65_536)]),
      ("nonsense", []),
    ] as [(String, [Finding])])
  func findsOutputLimitsBelowAFewFrames(setting: String, expected: [Finding]) {
    #expect(findings([:], ["client-output-buffer-limit": setting]) == expected)
  }

  @Test(arguments: [(6.0, Finding.Severity.warning), (-31, .critical)])
  func clocksAreCriticalByHalfTheLifeOfAMessage(offset: Double, severity: Finding.Severity) {
    #expect(Finding.clock(offset: offset, expiry: 60).severity == severity)
  }

  @Test(arguments: [
    ("redis://h", true), ("redis://127.0.0.1", false), ("redis://localhost", false),
    ("unix:///run/redis.sock", false), ("rediss://h", false),
  ])
  func onlyPlainTextOverANetworkCanBeRead(url: String, isPlainText: Bool) throws {
    #expect(try RedisURL.parse(url).isPlainText == isPlainText)
  }
}
