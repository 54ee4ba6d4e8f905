import Testing

@testable import Core

/// Messages to several groups, some of whose processes are in two of them.
struct OrderedSendTests {
  private struct Queued: Equatable {
    let number: Value?
    let channels: [String]
  }

  /// What a layer does by the book, a message after the other.
  private struct Model {
    let capacity: Int
    let policy: SendPolicy
    /// By group, then by process.
    var members: [[String: [String]]]
    var queues: [String: [Queued]] = [:]
    private var markers: Set<String> = []

    init(capacity: Int, policy: SendPolicy, members: [[String: [String]]]) {
      self.capacity = capacity
      self.policy = policy
      self.members = members
    }

    mutating func send(_ number: Int, to group: Int, once: String?) -> Delivery.Outcome {
      let marker = once.map { "\(group) \($0)" }
      if let marker, markers.contains(marker) { return .duplicate }
      let processes = members[group]
      let free = processes.keys.filter { queues[$0, default: []].count < capacity }
      let audience = Audience(
        channels: processes.values.reduce(0) { $0 + $1.count }, processes: processes.count,
        overCapacity: processes.count - free.count)
      guard policy.allows(audience) else { return .withheld(audience) }
      for process in free {
        queues[process, default: []].append(
          Queued(number: .integer(number), channels: processes[process] ?? []))
      }
      if let marker, !free.isEmpty { markers.insert(marker) }
      return .delivered(audience, fault: nil)
    }
  }

  private let soon = Deadline(seconds: 60)

  @Test(arguments: 0..<30)
  func aQueueHoldsWhatItsGroupsGotInTheOrderSent(seed: Int) throws {
    var random = SplitMix64(state: UInt64(seed))
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.capacity = Bool.random(using: &random) ? 1000 : 20
    let layer = server.layer(configuration)
    var policy = SendPolicy()
    policy.keepsOrder = true
    policy.whenFull = Bool.random(using: &random) ? .drop : .fail
    policy.require = Int.random(in: 0...2, using: &random)
    let groups = try (0..<4).map { try GroupName("g\($0)") }
    var members = [[String: [String]]](repeating: [:], count: groups.count)
    for group in groups.indices {
      // More than one script serves, sometimes.
      let most = seed % 5 == 0 ? LayerScript.widestOfSeveral + 2 : 6
      for process in 0..<Int.random(in: 0...most, using: &random) {
        members[group]["p\(process)!", default: []] += (0...(process + group) % 3).map {
          "p\(process)!\($0)"
        }
      }
      let joinings = members[group].values.joined().map {
        Joining(groups[group], channel: $0, life: 100)
      }
      if !joinings.isEmpty { _ = try layer.join(joinings, deadline: soon) }
    }
    var model = Model(capacity: configuration.capacity, policy: policy, members: members)
    var messages: [GroupMessage] = []
    var expected: [Delivery.Outcome] = []
    for number in 0..<200 {
      let group = Int.random(in: groups.indices, using: &random)
      let once = Int.random(in: 0..<4, using: &random)
      var message = try GroupMessage(
        try Message(.object(["type": .string("x"), "number": .integer(number)])),
        to: groups[group], as: .msgpack)
      message.once = once == 0 ? "\(Int.random(in: 0..<60, using: &random))" : nil
      expected.append(model.send(number, to: group, once: message.once))
      messages.append(message)
    }
    var outcomes = [Delivery.Outcome?](repeating: nil, count: messages.count)
    try layer.send(messages, policy: policy, deadline: soon) { outcomes[$0] = $1.outcome }
    #expect(outcomes == expected)
    for process in Set(members.flatMap(\.keys)) {
      let queued = try layer.take(from: process, limit: 1000, waiting: 0.01, deadline: soon)
        .members.map { try layer.read($0.bytes, score: $0.score) }
        .map { Queued(number: $0.fields["number"], channels: $0.channels.sorted()) }
      #expect(queued == model.queues[process] ?? [])
    }
  }
  /// With prefixes that rise a call has a thousand messages, without one has one.
  @Test(arguments: [(["a", "b"], 12, 1000), (["a", "b"], 0, 1), (["a"], 0, 1)])
  func ofTheMessagesBehindASilenceOneCallIsInDoubt(
    names: [String], prefixLength: Int, call: Int
  ) throws {
    let server = try RedisServer()
    var configuration = LayerConfiguration()
    configuration.randomPrefixLength = prefixLength
    let layer = server.layer(configuration)
    var policy = SendPolicy()
    policy.keepsOrder = true
    let messages = try (0..<2500).map { number in
      try GroupMessage(
        try Message(.object(["type": .string("x")])),
        to: try GroupName(names[number % names.count]), as: .msgpack)
    }
    var outcomes: [Delivery.Outcome] = []
    let error = #expect(throws: ChannelsError.self) {
      try layer.send(messages, policy: policy, deadline: Deadline(seconds: 3)) { place, delivery in
        #expect(place == outcomes.count)
        outcomes.append(delivery.outcome)
        if outcomes.count == call { server.suspend() }
      }
    }
    #expect(error?.isUncertain == false)
    #expect(outcomes.count == 2 * call)
    for (place, outcome) in outcomes.enumerated() {
      if case .failed(let fault) = outcome {
        #expect(place >= call && fault.isUncertain)
      } else {
        #expect(place < call)
      }
    }
  }
}
