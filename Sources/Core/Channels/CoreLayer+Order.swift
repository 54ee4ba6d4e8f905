// Messages to several groups, some of whose consumers may be in two of them: one script has all that are next.

extension CoreLayer {
  /// Whether one script can do for messages to several groups.
  ///
  /// They have one score, and keep their order by their prefixes.
  func sendsInOrder(_ policy: SendPolicy) -> Bool {
    policy.keepsOrder && isOneScript && prefixes.rising > 1
  }

  /// Sends the next messages in one step, and reports on those that were taken.
  ///
  /// - Returns: how many; none, where the first needs a call of its own (`LayerScript.sendInOrder`).
  func sendInOrder(
    _ next: Range<Int>, of messages: [GroupMessage], _ policy: SendPolicy, _ deadline: Deadline,
    meanwhile: () -> Void, _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) -> Int {
    let places = SendRun.fitting(next, of: messages, atMost: orderedPace)
    let (call, groups) = orderedCall(places, of: messages, policy)
    var taken: Int?
    do {
      try shards[0].evaluate(.sendInOrder, [call], deadline, written: meanwhile) { _, reply in
        if case .error(let error) = reply {
          for place in places {
            let outcome = Delivery.Outcome.failed(.refused(shards[0].address, error))
            report(place, Delivery(group: messages[place].group, outcome: outcome))
          }
          taken = places.count
        } else {
          taken = settle(reply, places, groups, of: messages, report)
        }
      }
    } catch {
      throw doubting(places, of: messages, error, policy, report)
    }
    guard let taken else {
      throw doubting(places, of: messages, .unexpectedReply(shards[0].address), policy, report)
    }
    if taken < places.count {
      orderedPace = max(1, taken)
    } else if taken == orderedPace {
      orderedPace = min(2 * taken, SendRun.longest)
    }
    return taken
  }

  /// - Returns: also by each message's number the place of its group among the keys.
  private func orderedCall(
    _ places: Range<Int>, of messages: [GroupMessage], _ policy: SendPolicy
  ) -> (ScriptCall, groups: [Int]) {
    var keys: [String] = []
    var numbers: [String: Int] = [:]
    func number(of key: String) -> Int {
      if let known = numbers[key] { return known }
      keys.append(key)
      numbers[key] = keys.count
      return keys.count
    }
    var groups: [Int] = []
    var givenUp: [RedisCommand.Argument] = []
    var rest: [RedisCommand.Argument] = []
    rest.reserveCapacity(3 * places.count)
    for place in places {
      let group = messages[place].group
      let known = keys.count
      let groupNumber = number(of: configuration.groupKey(group))
      if keys.count > known {
        givenUp += (patience.givenUp[group] ?? []).map { .text("\(groupNumber):\($0)") }
      }
      groups.append(groupNumber)
      let marker = configuration.marker(of: messages[place], policy).map { number(of: $0.key) }
      rest.append("\(groupNumber)")
      rest.append(.joined(prefixes.next(), messages[place].encoded.head))
      rest.append(marker.map { "\($0)" } ?? "")
    }
    let settings: [RedisCommand.Argument] = [
      .text(configuration.prefix), "\(configuration.expiry)", "\(configuration.memberLife)",
      "\(configuration.capacity)", "\(policy.require)", .text(policy.whenFull.rawValue),
      "\(policy.onceLife)", "\(givenUp.count)",
    ]
    return (ScriptCall(keys: keys.map { .text($0) }, settings + givenUp + rest), groups)
  }

  /// Reports on the messages that were taken.
  ///
  /// - Returns: how many; nil, where the reply is not one that the script gives.
  private func settle(
    _ reply: Reply, _ places: Range<Int>, _ groups: [Int], of messages: [GroupMessage],
    _ report: (Int, Delivery) -> Void
  ) -> Int? {
    guard let fields = reply.array, fields.count == 3, let taken = fields[0].amount,
      taken <= places.count, let pairs = fields[2].array, pairs.count % 2 == 0
    else { return nil }
    let duplicates = Set((fields[1].array ?? []).compactMap(\.integer))
    var replies: [Int: SendReply] = [:]
    for place in stride(from: 0, to: pairs.count, by: 2) {
      guard let group = pairs[place].integer, let sent = SendReply(pairs[place + 1]) else {
        return nil
      }
      replies[group] = sent
    }
    var outcomes: [Delivery.Outcome] = []
    var sent: [Int: Int] = [:]
    for (number, group) in groups.prefix(taken).enumerated() {
      if duplicates.contains(number + 1) {
        outcomes.append(.duplicate)
      } else if let reply = replies[group] {
        outcomes.append(reply.outcome(at: sent[group, default: 0], from: shards[0].address))
        sent[group, default: 0] += 1
      } else {
        return nil
      }
    }
    for (place, outcome) in zip(places, outcomes) {
      report(place, Delivery(group: messages[place].group, outcome: outcome))
    }
    return taken
  }
}
