// Two roads lead to a group. One script reads the group and writes to its queues, in one round trip. Where
// the queues are on several hosts, or each has a body or a capacity of its own, or there are so many that
// the script would hold the server up, we read the group and write to the queues in chunks (`Fanout`).

extension CoreLayer {
  /// Sends each message to its group, in order, and reports on each as it is done.
  ///
  /// Nothing goes twice: only a script that the server did not know, and so did not run, is sent again.
  /// Of several hosts, one that fails takes along what lives on it, and the report says so.
  ///
  /// - Throws: `.uncertain` where groups that were not reported on may have got their message.
  package func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline,
    report: (Delivery) -> Void
  ) throws(ChannelsError) {
    var faults = HostFaults(shards.count)
    var wide: Set<GroupName> = []
    if isOneScript, messages.count > 1 { wide = try wideGroups(among: messages, deadline) }
    var rest = messages[...]
    while let first = rest.first {
      if !isOneScript || wide.contains(first.group) {
        report(try fanOut(first, policy, &faults, deadline))
        rest = rest.dropFirst()
        continue
      }
      let slice = rest.prefix(atOnce(rest)).prefix { !wide.contains($0.group) }
      rest = rest.dropFirst(slice.count)
      // A group may have grown too wide meanwhile; its message then comes last.
      for message in try sendByScript(slice, policy, deadline, report) {
        wide.insert(message.group)
        report(try fanOut(message, policy, &faults, deadline))
      }
    }
  }

  /// Who a message to each group would reach; writes nothing.
  package func audiences(
    of groups: [GroupName], deadline: Deadline
  ) throws(ChannelsError) -> [Audience] {
    var replies = [Reply](repeating: Self.tooWide, count: groups.count)
    if isOneScript {
      let calls = groups.map { sendCall($0, member: [], SendPolicy(), mode: "check") }
      try shards[0].evaluate(.send, calls, deadline) { replies[$0] = $1 }
    }
    var audiences: [Audience] = []
    for (group, reply) in zip(groups, replies) {
      if reply == Self.tooWide {
        audiences.append(try audience(of: try fanout(to: group, deadline), deadline))
      } else if let audience = Audience(try shards[0].array(reply)) {
        audiences.append(audience)
      } else {
        throw .unexpectedReply(shards[0].address)
      }
    }
    return audiences
  }

  /// The keys that a send to a group writes to: the queues of its live members' processes, sorted.
  package func queueKeys(
    of group: GroupName, deadline: Deadline
  ) throws(ChannelsError) -> [String] {
    try fanout(to: group, deadline).queues
      .map { String(decoding: configuration.name(of: .queue(process: $0.process)), as: UTF8.self) }
      .sorted()
  }

  /// Whether one script can do, unless the group is too wide for it.
  private var isOneScript: Bool {
    shards.count == 1 && configuration.serializer == .msgpack
      && configuration.encryptionKeys.isEmpty && configuration.channelCapacity.isEmpty
  }

  /// What the script says of a group with more processes than it serves.
  private static let tooWide = Reply.status("WIDE")

  /// Groups that the one script would turn down, so that no later message overtakes theirs.
  private func wideGroups(
    among messages: [GroupMessage], _ deadline: Deadline
  ) throws(ChannelsError) -> Set<GroupName> {
    let groups = Array(Set(messages.map(\.group)))
    let counts = try shards[0].ask(
      groups.map { RedisCommand("ZCARD", .text(configuration.groupKey($0))) }, deadline)
    let large = zip(groups, counts).filter { $1.integer ?? 0 > LayerScript.widest }.map(\.0)
    guard !large.isEmpty else { return [] }
    var wide: Set<GroupName> = []
    let calls = large.map { sendCall($0, member: [], SendPolicy(), mode: "check") }
    try shards[0].evaluate(.send, calls, deadline) { place, reply in
      if reply == Self.tooWide { wide.insert(large[place]) }
    }
    return wide
  }

  /// How many messages go out in one write: at least one, and about 8 MB.
  private func atOnce(_ messages: ArraySlice<GroupMessage>) -> Int {
    var bytes = 0
    let end = messages.firstIndex { message in
      bytes += message.head.count
      return bytes > 8 << 20
    }
    return max(1, (end ?? messages.endIndex) - messages.startIndex)
  }

  /// Runs the script for each message.
  ///
  /// - Returns: the messages to groups that are too wide for it; of those nothing is written.
  private func sendByScript(
    _ messages: ArraySlice<GroupMessage>, _ policy: SendPolicy, _ deadline: Deadline,
    _ report: (Delivery) -> Void
  ) throws(ChannelsError) -> [GroupMessage] {
    let address = shards[0].address
    let calls = messages.map {
      sendCall($0.group, member: prefixes.next() + $0.head, policy, mode: policy.whenFull.rawValue)
    }
    var wide: [GroupMessage] = []
    var isUnderstood = true
    try shards[0].evaluate(.send, calls, deadline) { place, reply in
      let message = messages[messages.startIndex + place]
      if reply == Self.tooWide {
        wide.append(message)
      } else if let delivery = Delivery(
        group: message.group, reply: reply, policy: policy, from: address)
      {
        report(delivery)
      } else {
        isUnderstood = false
      }
    }
    guard isUnderstood else { throw .unexpectedReply(address) }
    return wide
  }

  private func sendCall(
    _ group: GroupName, member: [UInt8], _ policy: SendPolicy, mode: String
  ) -> ScriptCall {
    ScriptCall(
      keys: [.text(configuration.groupKey(group))],
      [
        .text(configuration.prefix), .bytes(member), "\(configuration.expiry)",
        "\(configuration.memberLife)", "\(configuration.capacity)", "\(policy.require)",
        .text(mode),
      ])
  }
}
