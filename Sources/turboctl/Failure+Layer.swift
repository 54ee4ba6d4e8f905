import Core

extension Failure {
  /// What a fault of the layer means where `delivered` had got their message already.
  init(_ error: ChannelsError, _ delivered: [GroupName]) {
    switch error {
    case .unreachable(let fault): self.init(fault, mayBeDelivered: false, delivered)
    case .uncertain(let fault): self.init(fault, mayBeDelivered: true, delivered)
    case .refused(let address, let fault):
      self.init(refusal: fault, by: address, delivered)
    case .unexpectedReply(let address):
      self.init(
        .garbled(address, reason: "not what the command gives", written: true),
        mayBeDelivered: true, delivered)
    case .encryption(let fault):
      self.init(
        "symmetric_encryption_keys", Self.text(fault) + Self.delivered(to: delivered),
        delivered.isEmpty ? .unreachable : .uncertain)
    case .unsendable(let fault): self.init(fault)
    case .tooLarge(let address, let group, let bytes, let limit):
      self.init(
        "\(group.text): the message is too large",
        "\(bytes) bytes, and \(address) hands on \(limit) at most",
        hint:
          "proto-max-bulk-len and the hard limit for pubsub in client-output-buffer-limit set it",
        .usage)
    case .interrupted: self.init("interrupted", "", .interrupted)
    }
  }

  /// Of several hosts, those without which something was looked at.
  init(missing faults: [ChannelsError]) {
    let failures = faults.map { Failure($0.withNothingSent, []) }
    self.init(
      "not all hosts answered", failures.map(\.line).joined(separator: ", "),
      hint: failures.first?.hint, .unreachable)
  }

  /// What a fault means for a removal of which `removed` things were gone already.
  init(removal error: ChannelsError, _ removed: Int) {
    let failure = Failure(error.withNothingSent, [])
    let isUncertain = error != error.withNothingSent || removed > 0
    self.init(
      failure.what,
      "\(failure.detail); \(removed) removed"
        + (error != error.withNothingSent ? ", maybe more" : ""),
      hint: failure.hint, isUncertain ? .uncertain : failure.exit)
  }

  init(givenUp queues: [GroupName: [String]]) {
    self.init(
      "full queues that nobody takes anything from were given up", Self.named(queues),
      hint: "groups prune finds and removes processes that are gone", .unmet)
  }

  static func named(_ queues: [GroupName: [String]]) -> String {
    queues.sorted { $0.key.text < $1.key.text }
      .map { "\($0.key.text) (\(Self.named($0.value)))" }.joined(separator: ", ")
  }

  init(_ undelivered: Undelivered) {
    let failed = undelivered.failed.map { (group: $0.group.text, text: undelivered.text(of: $0)) }
    let isNothing = undelivered.written.isEmpty && !undelivered.isUncertain
    let partial = undelivered.partial.count
    let consequence =
      (isNothing ? "; nothing sent" : Self.delivered(to: undelivered.served))
      + (partial > 0 && undelivered.isOnce ? "; with the same --once ID it is not sent again" : "")
    let hint = undelivered.faults.lazy.compactMap { Failure($0, []).hint }.first
    if failed.count == 1 {
      self.init(failed[0].group, failed[0].text + consequence, hint: hint, undelivered.exit)
    } else {
      let list = failed.map { "\($0.group) (\($0.text))" }.joined(separator: ", ")
      let extent =
        switch partial {
        case 0: "did not get the message"
        case failed.count: "got the message in part"
        default: "did not get the message, or in part"
        }
      self.init(
        "\(failed.count) groups \(extent)", list + consequence, hint: hint, undelivered.exit)
    }
  }

  /// A single message whose sender was stopped before it left, for some of its groups.
  init(stoppedAfter delivered: [GroupName]) {
    let names = delivered.map(\.text).joined(separator: ", ")
    self.init("interrupted", names.isEmpty ? "nothing sent" : "delivered to \(names)", .interrupted)
  }

  private init(_ error: RedisError, mayBeDelivered: Bool, _ delivered: [GroupName]) {
    let exit: ExitCode = mayBeDelivered || !delivered.isEmpty ? .uncertain : .unreachable
    let consequence =
      (mayBeDelivered ? "; the message may have been delivered" : "")
      + Self.delivered(to: delivered)
    switch error {
    case .connect(let address, let reason):
      self.init(
        "cannot connect to \(address)", reason + consequence, hint: Self.hint(address), exit)
    case .tls(let address, let fault):
      self.init(fault, with: address, consequence: consequence, exit)
    case .refused(let address, let fault): self.init(refusal: fault, by: address, delivered)
    case .timedOut(let address, let seconds, _):
      self.init("\(address)", "no answer within \(readable(seconds)) s" + consequence, exit)
    case .lost(let address, let reason, _):
      self.init("\(address)", reason + consequence, exit)
    case .noMaster(let host, let fault): self.init(fault, of: host, consequence, exit)
    case .unanswered(let address, let reason, _):
      self.init(
        "\(address)", reason + consequence, hint: address.isPlainTCP ? Self.speaksTLS : nil, exit)
    case .garbled(let address, let reason, _):
      self.init("\(address)", "not the answer of a Redis (\(reason))" + consequence, exit)
    case .interrupted: self.init("interrupted", String(consequence.dropFirst(2)), .interrupted)
    }
  }

  private init(
    _ fault: MasterFault, of host: SentinelHost, _ consequence: String, _ exit: ExitCode
  ) {
    let name = "master \(host.masterName)"
    switch fault {
    case .silence(let errors):
      let reasons = errors.map { Failure($0, mayBeDelivered: false, []).line }
      self.init(
        "cannot find \(name)", reasons.joined(separator: "; ") + consequence,
        hint: "do sentinels run there? their port is 26379, unless configured", exit)
    case .unknown(let others):
      let sentinels = host.sentinels.map { "\($0)" }.joined(separator: ", ")
      self.init(
        "cannot find \(name)", "unknown to the sentinels \(sentinels)" + consequence,
        hint: others.isEmpty ? nil : "they know \(others.joined(separator: ", "))", exit)
    case .replica(let address):
      self.init(
        "\(address)", "is a replica, though the sentinels name it" + consequence,
        hint: "did a failover come to its end?", exit)
    }
  }

  private init(
    refusal error: ServerError, by address: RedisAddress, _ delivered: [GroupName]
  ) {
    self.init(
      "\(address) refused", "\(error)" + Self.delivered(to: delivered), hint: Self.hint(error),
      delivered.isEmpty ? .unreachable : .uncertain)
  }

  private static func delivered(to groups: [GroupName]) -> String {
    groups.isEmpty ? "" : "; delivered to \(groups.map(\.text).joined(separator: ", "))"
  }

  private static func hint(_ address: RedisAddress) -> String {
    switch address.endpoint {
    case _ where address.masterName != nil: "the sentinels name it still: did the failover fail?"
    case .tcp: "is Redis running there? --redis URL names another"
    case .unix: "is that the unixsocket of a running Redis, and may you write to it?"
    }
  }

  static func hint(_ error: ServerError) -> String? {
    switch error.code {
    case "NOAUTH": "set TURBOCTL_REDIS_PASSWORD, or put the password into the URL"
    case "WRONGPASS": "the user or the password is wrong"
    case "DENIED": "it serves its own machine alone: set requirepass there, or protected-mode no"
    case "NOPERM" where error.text.contains("channel"),
      "ERR" where error.text.contains("can't publish to the channel"):
      "the user needs the channels of the layer's groups: &PREFIX__group__*"
    case "ERR" where error.text.hasPrefix("The user executing the script can't run"):
      "the user needs the commands of the layer: +@sortedset, or +@pubsub with --backend pubsub"
    case "NOPERM"
    where ["'setrange'", "'pubsub", "subscribe'"].contains(where: error.text.contains):
      "the user needs +@pubsub +eval +evalsha and the groups' channels: &PREFIX__group__*"
    case "NOPERM":
      "the user needs eval, evalsha and the layer's keys: +@scripting +@sortedset ~PREFIX*"
    case "READONLY": "this server is a replica: name its master, or its sentinels"
    case "OOM": "the server is out of memory: raise maxmemory, or look at what fills it"
    case "MISCONF": "the server cannot save to its disk and takes no writes until it can"
    case "LOADING", "BUSY": "the server is busy with itself; try again"
    case "MASTERDOWN": "this server is a replica that has lost its master: name the master"
    case "NOREPLICAS": "the server wants more replicas than it has (min-replicas-to-write)"
    case "WRONGTYPE": "a key with the layer's name holds something else: is --prefix right?"
    case "CLUSTERDOWN", "CROSSSLOT", "MOVED": "the core layer does not run on a Redis Cluster"
    case "ERR" where error.text.hasPrefix("AUTH "): "this server has no password"
    case "ERR" where error.text.hasPrefix("unknown command"):
      "is this a sentinel? then it is redis+sentinel://HOST:PORT/MASTER"
    case "ERR" where error.text.hasPrefix("DB index"): "the server has fewer databases"
    default: nil
    }
  }
}

extension RedisAddress {
  fileprivate var isPlainTCP: Bool {
    if case .tcp = endpoint { tls == nil } else { false }
  }
}

extension Undelivered {
  /// Why the first group that failed did not get its message.
  var reason: String { failed.first.map { text(of: $0) } ?? "" }

  /// The same with the group's name.
  var line: String { failed.first.map { "\($0.group.text): \(text(of: $0))" } ?? "" }

  /// Why a group did not get its message.
  fileprivate func text(of delivery: Delivery) -> String {
    switch delivery.outcome {
    case .delivered, .duplicate: ""
    case .failed(let fault): Failure(fault, []).line
    case .partial(_, let written, let failed, let fault): partial(written, failed, fault)
    case .withheld(let audience) where audience.channels < policy.require:
      "\(audience.counted), \(policy.require) required"
        + (waited.map { " within \(readable($0)) s" } ?? "")
    case .withheld(let audience):
      "\(counted(audience.overCapacity, "queue is", "queues are")) at capacity"
    }
  }

  private func partial(
    _ written: Int, _ processes: [String], _ fault: ChannelsError
  ) -> String {
    // On the one host there is, the server's own words are enough.
    let reason =
      if case .refused(_, let error) = fault { "\(error)" } else { Failure(fault, []).line }
    return "delivered to \(counted(written, "process", "processes")), not to \(processes.count), "
      + Failure.named(processes) + ": \(reason)"
  }
}
