// Two roads lead to a group. One script reads the group and writes to its queues, in one round trip. Where
// the queues are on several hosts, or each has a body or a capacity of its own, or there are so many that
// the script would hold the server up, we read the group and write to the queues in chunks (`Fanout`).

extension CoreLayer {
  /// Sends each message to its group, and reports on each as it is done, in their order.
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
    var rest = messages[...]
    while !rest.isEmpty {
      let slice = isOneScript ? try narrow(rest, deadline) : []
      rest = rest.dropFirst(slice.count)
      try sendByScript(slice, policy, deadline) { message, delivery throws(ChannelsError) in
        if let delivery { return report(delivery) }
        // A group that grew too wide meanwhile.
        report(try fanOut(message, policy, &faults, deadline))
      }
      guard slice.isEmpty, let first = rest.popFirst() else { continue }
      report(try fanOut(first, policy, &faults, deadline))
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

  /// The first of the messages, as far as the one script can serve their groups: about 8 MB, or one.
  ///
  /// One message is tried; of several, none may overtake one that is turned down.
  private func narrow(
    _ messages: ArraySlice<GroupMessage>, _ deadline: Deadline
  ) throws(ChannelsError) -> ArraySlice<GroupMessage> {
    var bytes = 0
    let end = messages.firstIndex { message in
      bytes += message.head.count
      return bytes > 8 << 20
    }
    let slice = messages[..<max(messages.startIndex + 1, end ?? messages.endIndex)]
    guard messages.count > 1 else { return slice }
    let wide = try wideGroups(Set(slice.map(\.group)).subtracting(narrowGroups), deadline)
    return slice.prefix { !wide.contains($0.group) }
  }

  /// Of these groups, those that have more processes than the one script serves.
  private func wideGroups(
    _ groups: Set<GroupName>, _ deadline: Deadline
  ) throws(ChannelsError) -> Set<GroupName> {
    guard !groups.isEmpty else { return [] }
    let groups = Array(groups)
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

  /// Runs the script for each message, and hands over what came of it, in order; nothing for a group that
  /// is too wide for it, where nothing is written.
  private func sendByScript(
    _ messages: ArraySlice<GroupMessage>, _ policy: SendPolicy, _ deadline: Deadline,
    received: (GroupMessage, Delivery?) throws(ChannelsError) -> Void
  ) throws(ChannelsError) {
    guard !messages.isEmpty else { return }
    let calls = messages.map {
      sendCall($0.group, member: prefixes.next() + $0.head, policy, mode: policy.whenFull.rawValue)
    }
    // Scripts that the server did not know come later than the others.
    var replies = [Reply?](repeating: nil, count: calls.count)
    var fault: ChannelsError?
    do {
      try shards[0].evaluate(.send, calls, deadline) { replies[$0] = $1 }
    } catch {
      fault = error
    }
    for (message, reply) in zip(messages, replies) {
      guard let reply else { break }
      if reply == Self.tooWide {
        try received(message, nil)
      } else {
        try received(message, delivery(of: message, reply, policy))
      }
    }
    if let fault { throw fault }
  }

  private func delivery(
    of message: GroupMessage, _ reply: Reply, _ policy: SendPolicy
  ) throws(ChannelsError) -> Delivery {
    let address = shards[0].address
    guard
      let delivery = Delivery(
        group: message.group, reply: reply, policy: policy, from: address)
    else { throw .unexpectedReply(address) }
    // Half of what the script serves, and it will not have become too wide when next we ask.
    if case .delivered(let audience, _) = delivery.outcome,
      audience.processes <= LayerScript.widest / 2
    {
      if narrowGroups.count > 10_000 { narrowGroups = [] }
      narrowGroups.insert(message.group)
    }
    return delivery
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
