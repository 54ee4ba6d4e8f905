// Publishing to one host, so that nobody is told of a delivery that did not happen.

extension PubSubLayer {
  /// Publishes to the host of all of these, in order, and tells of each by its place.
  func publish(
    _ publications: [Publication], _ policy: SendPolicy, _ deadline: Deadline,
    _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var rest = publications
    let shard = publications[0].shard
    if !unscripted.contains(shard) {
      rest = try evaluate(publications, policy, deadline, report)
      if !rest.isEmpty { unscripted.insert(shard) }
    }
    if !rest.isEmpty { try publishAfterProbe(rest, policy, deadline, report) }
  }

  /// - Returns: what no script was run for, because the host cannot, or we may not.
  private func evaluate(
    _ publications: [Publication], _ policy: SendPolicy, _ deadline: Deadline,
    _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) -> [Publication] {
    let shard = publications[0].shard
    var unknown: [Publication] = []
    var unscriptable: [Publication] = []
    func handle(_ publication: Publication, _ reply: Reply) -> Bool {
      switch Self.answer(reply, publication, from: shards[shard].address) {
      case .delivery(let delivery): report(publication.place, delivery)
      case .unknown: unknown.append(publication)
      case .unscriptable: unscriptable.append(publication)
      case nil: return false
      }
      return true
    }
    // The first of several by its text, so that all of them run, and in this order.
    let isMany = publications.count > 1
    try pipeline(
      publications.enumerated().map { Self.call($1, policy, byText: isMany && $0 == 0) },
      on: shard, deadline
    ) { handle(publications[$0], $1) }
    let again = unknown
    unknown = []
    try pipeline(again.map { Self.call($0, policy, byText: true) }, on: shard, deadline) {
      handle(again[$0], $1)
    }
    return unscriptable + unknown
  }

  private enum Answer {
    case delivery(Delivery)
    /// The server does not know the script, and ran nothing.
    case unknown
    /// It runs no such scripts, or none of ours, and ran nothing.
    case unscriptable
  }

  private static func answer(
    _ reply: Reply, _ publication: Publication, from address: RedisAddress
  ) -> Answer? {
    switch reply {
    case .error(let error) where error.code == "NOSCRIPT": return .unknown
    case .error(let error) where error.meansNoScripts: return .unscriptable
    case .error(let error):
      return .delivery(
        Delivery(group: publication.group, outcome: .failed(.refused(address, error))))
    default:
      guard let fields = reply.array, fields.count == 2, let count = fields[0].integer else {
        return nil
      }
      return .delivery(publication.delivery(to: count, wasSent: fields[1] == .integer(1)))
    }
  }

  private static func call(
    _ publication: Publication, _ policy: SendPolicy, byText: Bool
  ) -> RedisCommand {
    let script = LayerScript.publish
    return RedisCommand(
      byText ? "EVAL" : "EVALSHA", .text(byText ? script.text : script.digest), "0",
      .text(publication.channel), .bytes(publication.body), "\(policy.require)")
  }
}

extension PubSubLayer {
  /// The same for a host before Redis 7, or a user who may run no scripts: a write that changes nothing is
  /// answered first, and refused where a message would be lost.
  private func publishAfterProbe(
    _ publications: [Publication], _ policy: SendPolicy, _ deadline: Deadline,
    _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    let shard = publications[0].shard
    if let refusal = try writeRefusal(on: shard, key: publications[0].channel, deadline) {
      for publication in publications {
        report(
          publication.place, Delivery(group: publication.group, outcome: .failed(refusal)))
      }
      return
    }
    var allowed = publications
    if policy.require > 0 {
      let counts = try counts(of: publications.map { Array($0.channel.utf8) }, deadline)
      allowed = []
      for (publication, count) in zip(publications, counts) {
        if count >= policy.require {
          allowed.append(publication)
        } else {
          report(publication.place, publication.delivery(to: count, wasSent: false))
        }
      }
    }
    let address = shards[shard].address
    let commands = allowed.map { RedisCommand("PUBLISH", .text($0.channel), .bytes($0.body)) }
    try pipeline(commands, on: shard, deadline) { number, reply in
      let publication = allowed[number]
      if case .error(let error) = reply {
        report(
          publication.place,
          Delivery(group: publication.group, outcome: .failed(.refused(address, error))))
      } else if let count = reply.integer {
        report(publication.place, publication.delivery(to: count, wasSent: true))
      } else {
        return false
      }
      return true
    }
  }

  /// Why the server would refuse a write; nil where it would not.
  ///
  /// Nothing put into a key that is not there leaves no key, but a server judges it as any write. A key of
  /// another kind can only be somebody else's, and is not touched either.
  private func writeRefusal(
    on shard: Int, key: String, _ deadline: Deadline
  ) throws(ChannelsError) -> ChannelsError? {
    var refusal: ServerError?
    try pipeline([RedisCommand("SETRANGE", .text(key), "0", "")], on: shard, deadline) { _, reply in
      if case .error(let error) = reply, error.code != "WRONGTYPE" { refusal = error }
      return true
    }
    return refusal.map { .refused(shards[shard].address, $0) }
  }
}

extension Publication {
  fileprivate func delivery(to receivers: Int, wasSent: Bool) -> Delivery {
    let audience = Audience(receivers: receivers)
    return Delivery(
      group: group, outcome: wasSent ? .delivered(audience, fault: nil) : .withheld(audience))
  }
}

extension ServerError {
  /// Whether no script was run: the server is older than Redis 7, has none, or we may run none.
  fileprivate var meansNoScripts: Bool {
    code == "NOPERM" || text.hasPrefix("unknown command")
      || text.hasPrefix("Error compiling script")
  }
}
