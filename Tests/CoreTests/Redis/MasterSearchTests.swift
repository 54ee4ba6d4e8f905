import Testing

@testable import Core

struct MasterSearchTests {
  private let soon = Deadline(seconds: 20)

  private func ask(_ client: RedisClient, _ command: RedisCommand) throws(RedisError) -> Reply {
    var answer = Reply.null
    try client.pipeline([command], deadline: soon) { answer = $1 }
    return answer
  }

  @Test func connectsToTheMasterWithTheHostsLogin() throws {
    let site = try FailoverSite(password: "secret")
    var host = site.host()
    host.login.database = 3
    let client = site.client(host)
    #expect(try ask(client, RedisCommand("SET", "k", "v")) == .status("OK"))
    var master = site.master
    master.database = 3
    #expect(try site.call(RedisCommand("GET", "k"), at: master) == .bytes(Array("v".utf8)))
    #expect(client.address == site.named(master))
    #expect("\(client.address)" == "master mymaster at \(site.master.endpoint) db 3")
  }

  @Test func theSentinelHasALoginOfItsOwn() throws {
    let site = try FailoverSite(sentinelPassword: "other")
    var host = site.host()
    try site.client(host).connect(soon)
    host.sentinels[0].password = nil
    let refusal = ServerError("NOAUTH Authentication required.")
    #expect(
      throws: RedisError.noMaster(host, .silence([.refused(host.sentinels[0], refusal)]))
    ) { try site.client(host).connect(soon) }
  }

  @Test func findsAMasterThatIsAnnouncedByName() throws {
    let site = try FailoverSite(host: "localhost")
    let client = site.client()
    #expect(try ask(client, RedisCommand("SET", "k", "v")) == .status("OK"))
    guard case .tcp("localhost", _) = client.address.endpoint else {
      Issue.record("\(client.address)")
      return
    }
  }

  /// Dead, and hung; the second time the one that answered is asked first.
  @Test func aFirstSentinelThatDoesNotAnswerCostsLittle() throws {
    let site = try FailoverSite()
    let silent = try #require(SilentPort())
    let others = [FailoverSite.unusedPort(), silent.port].map { FailoverSite.address($0) }
    let client = site.client(site.host(after: others))
    let start = Deadline.monotonic()
    try client.connect(soon)
    #expect(0.4..<5 ~= Deadline.monotonic() - start)
    #expect(silent.newcomers > 0)
    client.disconnect()
    try client.connect(soon)
    #expect(silent.newcomers == 0)
  }

  @Test func allThatAreSilentAreNamed() throws {
    let silent = try #require(SilentPort())
    let sentinels = [FailoverSite.unusedPort(), silent.port].map { FailoverSite.address($0) }
    let host = SentinelHost(
      sentinels: sentinels, masterName: "m", login: FailoverSite.address(0))
    var settings = RedisClient.Settings()
    settings.connectTimeout = 0.7
    let start = Deadline.monotonic()
    #expect(
      throws: RedisError.noMaster(
        host,
        .silence([
          .connect(sentinels[0], reason: "Connection refused"),
          .timedOut(sentinels[1], seconds: 0.7, written: true),
        ]))
    ) { try RedisClient(.sentinel(host), settings).connect(soon) }
    #expect(Deadline.monotonic() - start < 8)
  }

  @Test func aMasterThatNoSentinelKnowsIsNamedBesideThoseThatTheyKnow() throws {
    let site = try FailoverSite()
    let host = site.host(name: "mastre")
    #expect(throws: RedisError.noMaster(host, .unknown(others: ["mymaster"]))) {
      try site.client(host).connect(soon)
    }
  }

  @Test func aServerThatIsNoSentinelSaysSo() throws {
    let site = try FailoverSite()
    var host = site.host()
    host.sentinels = [site.master]
    let refusal = ServerError("ERR unknown command 'SENTINEL', with args beginning with: ")
    #expect(throws: RedisError.noMaster(host, .silence([.refused(site.master, refusal)]))) {
      try site.client(host).connect(soon)
    }
  }

  /// As after a partition: the sentinel still names a server that others have made a replica.
  @Test func aReplicaIsNotTakenForTheMaster() throws {
    let site = try FailoverSite()
    let other = FailoverSite.address(FailoverSite.unusedPort())
    guard case .tcp(_, let port) = other.endpoint else { return }
    _ = try site.call(RedisCommand("REPLICAOF", "127.0.0.1", "\(port)"), at: site.master)
    let host = site.host()
    #expect(throws: RedisError.noMaster(host, .replica(site.named(site.master)))) {
      try site.client(host).connect(Deadline(seconds: 1))
    }
  }

  @Test func waitsForTheNextMasterWhileTheOldOneHangs() throws {
    let site = try FailoverSite()
    try site.suspendMaster()
    let client = site.client()
    #expect(try ask(client, RedisCommand("SET", "k", "v")) == .status("OK"))
    #expect(client.address == site.named(site.replica))
  }

  /// The connection outlives the failover; what the old master says ends it.
  @Test func asksAgainAfterAFailover() throws {
    let site = try FailoverSite()
    let client = site.client()
    #expect(try ask(client, RedisCommand("SET", "k", "1")) == .status("OK"))
    try site.failOver()
    let refusal = ServerError("READONLY You can't write against a read only replica.")
    #expect(try ask(client, RedisCommand("SET", "k", "2")) == .error(refusal))
    #expect(try ask(client, RedisCommand("SET", "k", "3")) == .status("OK"))
    #expect(client.address == site.named(site.replica))
  }

  @Test func aMasterThatIsGoneForGoodIsNamedAtTheDeadline() throws {
    let site = try FailoverSite(sentinel: ["sentinel down-after-milliseconds mymaster 60000"])
    _ = try? site.call(RedisCommand("SHUTDOWN", "NOSAVE"), at: site.master)
    let start = Deadline.monotonic()
    #expect(
      throws: RedisError.connect(site.named(site.master), reason: "Connection refused")
    ) { try site.client().connect(Deadline(seconds: 1)) }
    #expect(0.5..<5 ~= Deadline.monotonic() - start)
  }

  /// Ports that would be taken for others, were they cut to their last 16 bits.
  @Test(arguments: ["0", "-1", "65536", "70000", "\(Int.max)"])
  func aPortThatIsNoneIsNotConnectedTo(port: String) throws {
    let server = try ScriptedServer()
    server.answer("*2\r\n$9\r\n127.0.0.1\r\n$\(port.count)\r\n\(port)\r\n")
    let host = SentinelHost(
      sentinels: [server.address], masterName: "m",
      login: RedisAddress(endpoint: .tcp(host: "", port: 0)))
    var search = MasterSearch(host, RedisClient.Settings())
    let fault = #expect(throws: RedisError.self) { try search.ask(Deadline(seconds: 20)) }
    guard case .noMaster(_, .silence(let faults)) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    let garbled = RedisError.garbled(
      server.address, reason: "not what SENTINEL gives", written: false)
    #expect(faults == [garbled])
  }
}
