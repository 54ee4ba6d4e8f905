// Two roads lead to a group. One script reads the group and writes to its queues, in one round trip. Where
// the queues are on several hosts, or each has a body or a capacity of its own, or there are so many that
// the script would hold the server up, we read the group and write to the queues in chunks (`Fanout`).

extension CoreLayer {
  /// Sends messages to their groups, those to one group in their order, and reports on each as it is done.
  ///
  /// Nothing goes twice: only a script that the server did not know, and so did not run, is sent again.
  /// Of several hosts, one that fails takes along what lives on it, and the report says so.
  ///
  /// - Parameters:
  ///   - meanwhile: is called once, while the server works.
  ///   - report: is told a message's place among `messages` and what became of it.
  /// - Throws: `.uncertain` where messages that were not reported on may have been delivered. With `keepsOrder`
  ///   those in doubt are reported on, and the others were not sent.
  package func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline,
    meanwhile: () -> Void, report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var isIdle = true
    func whileIdle() {
      if isIdle { meanwhile() }
      isIdle = false
    }
    var faults = HostFaults(shards.count)
    var rest = messages.indices
    while !rest.isEmpty {
      let limit = policy.keepsOrder ? 1 : messages.count
      let runs = SendRun.runs(rest, of: messages, atMost: limit)
      var count = 0
      if sendsInOrder(policy), runs[0].places.count < rest.count {
        count = try sendInOrder(
          rest, of: messages, policy, deadline, meanwhile: whileIdle, report)
      }
      if count == 0 {
        count = runs.reduce(0) { $0 + $1.places.count }
        try send(runs, messages, policy, &faults, deadline, meanwhile: whileIdle, report)
      }
      rest = rest.dropFirst(count)
    }
    whileIdle()
  }

  /// Sends the messages of each run, again and again until all are done with.
  private func send(
    _ next: [SendRun], _ messages: [GroupMessage], _ policy: SendPolicy,
    _ faults: inout HostFaults, _ deadline: Deadline, meanwhile: () -> Void,
    _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var runs = next
    if !isOneScript { for place in runs.indices { runs[place].isWide = true } }
    var pause = 0.0
    while !runs.isEmpty {
      let left = runs.reduce(0) { $0 + $1.places.count }
      if runs.contains(where: { !$0.isWide }) {
        try sendByScript(&runs, messages, policy, deadline, meanwhile: meanwhile, report)
      }
      for place in runs.indices where runs[place].isWide {
        var before = Int.max
        while !runs[place].places.isEmpty, runs[place].places.count < before {
          before = runs[place].places.count
          try fanOut(&runs[place], messages, policy, &faults, deadline, report)
        }
      }
      runs.removeAll(where: \.places.isEmpty)
      if runs.reduce(0, { $0 + $1.places.count }) < left {
        pause = 0
      } else {
        pause = min(max(0.001, 2 * pause), 0.05)
        try shards[0].wait(min(pause, max(0, deadline.remaining)))
      }
    }
  }

  /// Who a message to each group would reach; writes nothing.
  package func audiences(
    of groups: [GroupName], deadline: Deadline
  ) throws(ChannelsError) -> [Audience] {
    var replies = [Reply](repeating: Self.tooWide, count: groups.count)
    if isOneScript {
      let calls = groups.map { sendCall($0, 0..<0, [], SendPolicy()) }
      try shards[0].evaluate(.send, calls, deadline) { replies[$0] = $1 }
    }
    var audiences: [Audience] = []
    var faults = HostFaults(shards.count)
    for (group, reply) in zip(groups, replies) {
      if reply == Self.tooWide {
        audiences.append(try audience(of: group, &faults, deadline))
      } else if let sent = SendReply(.array(try shards[0].array(reply))) {
        audiences.append(sent.audience())
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
  var isOneScript: Bool {
    shards.count == 1 && configuration.serializer == .msgpack
      && configuration.encryptionKeys.isEmpty && configuration.channelCapacity.isEmpty
  }

  /// What the script says of a group with more processes than it serves.
  private static let tooWide = Reply.status("WIDE")

  /// Runs the script once for each run that it can serve, and takes off what is done.
  private func sendByScript(
    _ runs: inout [SendRun], _ messages: [GroupMessage], _ policy: SendPolicy,
    _ deadline: Deadline, meanwhile: () -> Void, _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var rest = runs.indices.filter { !runs[$0].isWide }[...]
    while !rest.isEmpty {
      var calls: [ScriptCall] = []
      var sent: [(run: Int, places: Range<Int>)] = []
      var bytes = 0
      while let run = rest.first, bytes < Self.writeSize {
        rest = rest.dropFirst()
        let pace = paces[runs[run].group] ?? SendRun.longest
        let places = runs[run].next(of: messages, atMost: min(pace, prefixes.rising))
        bytes += places.reduce(0) { $0 + messages[$1].encoded.head.count }
        calls.append(sendCall(runs[run].group, places, messages, policy))
        sent.append((run, places))
      }
      var isUnderstood = true
      var unanswered = Set(sent.indices)
      do {
        try shards[0].evaluate(.send, calls, deadline, written: meanwhile) { place, reply in
          unanswered.remove(place)
          let (run, places) = sent[place]
          isUnderstood =
            settle(reply, &runs[run], places, policy, deadline, report) && isUnderstood
        }
      } catch {
        let places = unanswered.sorted().flatMap { sent[$0].places }
        throw doubting(places, of: messages, error, policy, report)
      }
      guard isUnderstood else {
        let error = ChannelsError.unexpectedReply(shards[0].address)
        throw doubting(sent[0].places, of: messages, error, policy, report)
      }
    }
  }

  /// Where messages go out in their order, those behind a call that failed were not sent: so the call's own are
  /// reported on as being in doubt.
  ///
  /// - Parameter places: of the messages without an answer.
  /// - Returns: what is left to throw.
  func doubting(
    _ places: some Sequence<Int>, of messages: [GroupMessage], _ error: ChannelsError,
    _ policy: SendPolicy, _ report: (Int, Delivery) -> Void
  ) -> ChannelsError {
    guard policy.keepsOrder, error.isUncertain, error != .interrupted else { return error }
    for place in places {
      report(place, Delivery(group: messages[place].group, outcome: .failed(error)))
    }
    return error.isInterruption ? .interrupted : error.withNothingSent
  }

  /// Bytes of calls that go out in one write, about.
  private static let writeSize = 8 << 20

  /// Reports on the messages of a call that are done with, and takes them off their run.
  ///
  /// - Returns: whether the reply is one that the script gives.
  private func settle(
    _ reply: Reply, _ run: inout SendRun, _ places: Range<Int>, _ policy: SendPolicy,
    _ deadline: Deadline, _ report: (Int, Delivery) -> Void
  ) -> Bool {
    if case .error(let error) = reply {
      run.finish(places.count, report) { _ in .failed(.refused(shards[0].address, error)) }
      return true
    }
    if reply == Self.tooWide {
      run.isWide = true
      paces[run.group] = 1
      return true
    }
    if reply == OnceMarker.wasThere {
      run.finish(1, report) { _ in .duplicate }
      return true
    }
    guard let sent = SendReply(reply), sent.taken <= places.count else { return false }
    if policy.namesQueues { receipts[run.group] = Receipt(sent) }
    if sent.channels >= policy.require {
      notePace(of: run.group, asked: places.count, taken: sent.taken)
    }
    run.finish(sent.taken, report) { sent.outcome(at: $0, from: shards[0].address) }
    guard sent.taken < places.count else { return true }
    if sent.channels < policy.require {
      run.finish(places.count, report) { _ in .withheld(sent.audience()) }
      return true
    }
    let holders = sent.full.filter {
      $0.room <= sent.taken && holdsUp($0.process, run.group, policy)
    }
    // Without any, it was no more than one script may write: of several, not none.
    guard !holders.isEmpty else { return sent.taken > 0 }
    hold(
      &run, places.count, behind: holders, sent.audience(at: sent.taken), policy, deadline, report)
    return true
  }

  /// Remembers how many messages a script takes at once, so that no more are sent in vain.
  private func notePace(of group: GroupName, asked: Int, taken: Int) {
    if taken < asked {
      paces[group] = max(1, taken)
    } else if let pace = paces[group], taken == pace {
      paces[group] = pace < SendRun.longest ? 2 * pace : nil
    }
  }

  /// Whether messages to a group wait, or fail, for a process's queue without room: nobody waits for our
  /// own tails.
  func holdsUp(_ process: String, _ group: GroupName, _ policy: SendPolicy) -> Bool {
    switch policy.whenFull {
    case .drop: false
    case .fail: true
    case .wait: !Array(process.utf8).isTail && patience.givenUp[group]?.contains(process) != true
    }
  }

  /// Leaves a run's next messages where they are, for the queues to get room, or gives them up.
  ///
  /// - Parameter count: how many would have gone out.
  func hold(
    _ run: inout SendRun, _ count: Int, behind queues: [SendReply.FullQueue], _ audience: Audience,
    _ policy: SendPolicy, _ deadline: Deadline, _ report: (Int, Delivery) -> Void
  ) {
    switch policy.whenFull {
    case .wait where !deadline.hasPassed:
      patience.note(queues, of: run.group, limit: policy.fullTimeout)
    case .wait: run.finish(count, report) { _ in .withheld(audience) }
    case .fail, .drop: run.finish(1, report) { _ in .withheld(audience) }
    }
  }

  private func sendCall(
    _ group: GroupName, _ places: Range<Int>, _ messages: [GroupMessage], _ policy: SendPolicy
  ) -> ScriptCall {
    var keys: [RedisCommand.Argument] = [.text(configuration.groupKey(group))]
    if let marker = places.first.flatMap({ configuration.marker(of: messages[$0], policy) }) {
      keys.append(.text(marker.key))
    }
    let givenUp = patience.givenUp[group] ?? []
    var arguments: [RedisCommand.Argument] = [
      .text(configuration.prefix), "\(configuration.expiry)", "\(configuration.memberLife)",
      "\(configuration.capacity)", "\(policy.require)", .text(policy.whenFull.rawValue),
      "\(policy.onceLife)", policy.namesQueues ? "1" : "", "\(givenUp.count)",
    ]
    arguments += givenUp.map { .text($0) }
    arguments.reserveCapacity(arguments.count + places.count)
    for place in places {
      arguments.append(.joined(prefixes.next(), messages[place].encoded.head))
    }
    return ScriptCall(keys: keys, arguments)
  }
}
