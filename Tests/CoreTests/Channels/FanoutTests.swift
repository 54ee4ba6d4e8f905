import Testing

@testable import Core

/// What a send does, whichever way it goes.
struct FanoutTests {
  enum Road: String, CaseIterable, Sendable {
    case oneScript, json, encrypted, capacities, twoHosts, threeHosts, broad, wide

    var hosts: Int {
      switch self {
      case .twoHosts: 2
      case .threeHosts: 3
      default: 1
      }
    }

    var configuration: LayerConfiguration {
      var configuration = LayerConfiguration()
      configuration.capacity = 2
      switch self {
      case .json: configuration.serializer = .json
      case .encrypted: configuration.encryptionKeys = ["new", "old"]
      case .capacities:
        configuration.capacity = 50
        configuration.channelCapacity = [.init(pattern: "specific.*", capacity: 2)]
      default: break
      }
      return configuration
    }

    /// Processes that are in the group beside those of the test.
    var others: Int {
      switch self {
      case .broad: LayerScript.widestOfSeveral
      case .wide: LayerScript.widest
      default: 0
      }
    }
  }

  private let soon = Deadline(seconds: 20)
  private let group: GroupName

  init() throws {
    group = try GroupName("turbo_stream.chat_1")
  }

  @Test(arguments: Road.allCases)
  func everyProcessGetsItsOwnChannels(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1", "specific.a!2", "specific.b!1", "specific.c!1", "plain"])
    #expect(try site.send() == .delivered(site.audience(5, 4, 0), fault: nil))
    #expect(try site.names(in: "specific.a!") == [["specific.a!1", "specific.a!2"]])
    for channel in ["specific.b!1", "specific.c!1", "plain"] {
      #expect(
        try site.names(in: String(decoding: Array(channel.utf8).process, as: UTF8.self)) == [
          [channel]
        ])
    }
  }

  @Test(arguments: Road.allCases)
  func membersThatExpiredAreSwept(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1"])
    try site.join(["specific.old!1"], offset: -86_401)
    #expect(try site.send() == .delivered(site.audience(1, 1, 0), fault: nil))
    #expect(try site.names(in: "specific.old!") == [])
    #expect(
      try site.layer.memberships(of: ["specific.old!1"], in: Array(group.text.utf8), deadline: soon)
        == [false])
  }

  @Test(arguments: Road.allCases)
  func aFullQueueIsCounted(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1"])
    for _ in 0..<2 { _ = try site.send() }
    try site.join(["specific.b!1", "specific.c!1"])
    _ = try site.empty()
    #expect(try site.send() == .delivered(site.audience(3, 3, 1), fault: nil))
    #expect(try site.names(in: "specific.a!").count == 2)
    #expect(try site.names(in: "specific.b!").count == 1)
  }

  @Test(arguments: Road.allCases, [(2000, SendPolicy.WhenFull.drop), (0, .fail)])
  func nothingIsWrittenThatThePolicyForbids(
    road: Road, policy: (require: Int, whenFull: SendPolicy.WhenFull)
  ) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1"])
    for _ in 0..<2 { _ = try site.send() }
    try site.join(["specific.b!1", "specific.c!1", "specific.d!1"])
    _ = try site.empty()
    var asked = SendPolicy()
    asked.require = policy.require
    asked.whenFull = policy.whenFull
    #expect(try site.send(asked) == .withheld(site.audience(4, 4, 1)))
    for process in ["specific.b!", "specific.c!", "specific.d!"] {
      #expect(try site.names(in: process) == [])
    }
    #expect(try site.names(in: "specific.a!").count == 2)
    #expect(
      try site.send(asked)
        == (policy.require > 0
          ? .withheld(site.audience(4, 4, 0)) : .delivered(site.audience(4, 4, 0), fault: nil)))
  }

  @Test(arguments: Road.allCases)
  func messagesLeaveInTheOrderSent(road: Road) throws {
    var configuration = road.configuration
    configuration.capacity = 100
    configuration.channelCapacity = configuration.channelCapacity.map {
      .init(pattern: $0.pattern, capacity: 100)
    }
    let site = try Site(road, group, configuration)
    let processes = ["specific.a!", "specific.b!", "specific.c!"]
    try site.join(processes.map { "\($0)1" })
    let count = 20
    var reported = 0
    let messages = try (0..<count).map { number in
      try GroupMessage(
        try Message(.object(["type": .string("x"), "n": .integer(number)])), to: group,
        as: configuration.serializer)
    }
    try site.layer.send(messages, policy: SendPolicy(), deadline: soon) { _, _ in reported += 1 }
    #expect(reported == count)
    for process in processes {
      let taken = try site.layer.take(from: process, limit: 100, waiting: 1, deadline: soon).members
      let numbers = try taken.map { try site.layer.read($0.bytes, score: $0.score).fields["n"] }
      #expect(numbers == (0..<count).map { .integer($0) })
    }
  }

  @Test(arguments: Road.allCases)
  func aQueueOfAnotherTypeKeepsNobodyElseFromTheMessage(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1", "specific.b!1"])
    for server in site.servers { try server.run("SET", "asgispecific.a!", "x") }
    guard
      case .partial(let audience, let written, let failed, .refused(_, let fault)) = try site.send()
    else {
      Issue.record("not partial")
      return
    }
    #expect(audience == site.audience(2, 2, 0))
    #expect(written == road.others + 1)
    #expect(failed == ["specific.a!"])
    #expect(fault.code == "WRONGTYPE")
    #expect(try site.names(in: "specific.b!").count == 1)
  }

  @Test(arguments: Road.allCases)
  func aServerThatTakesNoWritesRefuses(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1", "specific.b!1"])
    for server in site.servers { try server.run("REPLICAOF", "127.0.0.1", "1") }
    guard case .failed(.refused(_, let error)) = try site.send() else {
      Issue.record("not refused")
      return
    }
    #expect(error.code == "READONLY")
  }

  @Test(arguments: Road.allCases)
  func lookingWritesNothing(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1", "specific.b!1"])
    #expect(try site.layer.audiences(of: [group], deadline: soon) == [site.audience(2, 2, 0)])
    #expect(
      try site.layer.queueKeys(of: group, deadline: soon).filter { $0.count < 20 }
        == ["asgispecific.a!", "asgispecific.b!"])
    #expect(try site.names(in: "specific.a!") == [])
  }

  @Test(arguments: Road.allCases)
  func aScriptThatTheServerForgotIsSentAgain(road: Road) throws {
    let site = try Site(road, group)
    try site.join(["specific.a!1"])
    for _ in 0..<2 {
      for server in site.servers { try server.run("SCRIPT", "FLUSH") }
      _ = try site.send()
    }
    #expect(try site.names(in: "specific.a!").count == 2)
  }

  /// Chunks are cut by bytes too; each still holds at least one queue.
  @Test func aLargeMessageGoesInManyChunks() throws {
    let site = try Site(.json, group)
    try site.join((0..<20).map { "specific.\($0)!1" })
    let html = String(repeating: "x", count: 1 << 20)
    #expect(try site.send(html: html) == .delivered(site.audience(20, 20, 0), fault: nil))
    for number in 0..<20 { #expect(try site.names(in: "specific.\(number)!").count == 1) }
  }

  @Test func withoutAPrefixEqualMessagesAreOne() throws {
    var configuration = LayerConfiguration()
    configuration.randomPrefixLength = 0
    let site = try Site(.oneScript, group, configuration)
    try site.join(["specific.a!1"])
    for _ in 0..<3 { _ = try site.send() }
    #expect(try site.names(in: "specific.a!").count == 1)
  }

  @Test func aMessageForOtherKeysIsNotRead() throws {
    let site = try Site(.encrypted, group)
    try site.join(["specific.a!1"])
    _ = try site.send()
    var other = Road.encrypted.configuration
    other.encryptionKeys = ["third"]
    let stranger = RedisServer.layer(over: site.servers, other)
    let member = try stranger.take(from: "specific.a!", limit: 1, waiting: 1, deadline: soon)
      .members[0]
    #expect(throws: ReceivedMessage.Fault.encrypted(.invalidToken)) {
      try stranger.read(member.bytes, score: member.score)
    }
    #expect(try site.layer.read(member.bytes, score: member.score).channels == ["specific.a!1"])
  }
}
