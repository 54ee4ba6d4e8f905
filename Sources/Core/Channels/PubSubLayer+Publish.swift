// Publishing to one host, so that nobody is told of a delivery that did not happen.

extension PubSubLayer {
  /// Publishes to the host of all of these, in order, and tells of each by its place.
  func publish(
    _ publications: ArraySlice<Publication>, _ policy: SendPolicy, _ deadline: Deadline,
    written: () -> Void, _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    guard let shard = publications.first?.shard else { return }
    var rest = publications
    if !unscripted.contains(shard) {
      rest = try evaluate(publications, on: shard, policy, deadline, written: written, report)[...]
      if !rest.isEmpty { unscripted.insert(shard) }
    }
    if !rest.isEmpty { try publishAfterProbe(Array(rest), policy, deadline, report) }
  }

  /// Messages of one script, at most.
  private static let scriptLength = 100

  /// - Returns: what no script was run for, because the host cannot, or we may not.
  private func evaluate(
    _ publications: ArraySlice<Publication>, on shard: Int, _ policy: SendPolicy,
    _ deadline: Deadline, written: () -> Void, _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) -> [Publication] {
    var chunks: [ArraySlice<Publication>] = []
    var rest = publications
    while !rest.isEmpty {
      chunks.append(rest.prefix(Self.scriptLength).unmarkedOrOne)
      rest = rest[chunks[chunks.count - 1].endIndex...]
    }
    var unknown: [ArraySlice<Publication>] = []
    var unscriptable: [Publication] = []
    func handle(_ chunk: ArraySlice<Publication>, _ reply: Reply) -> Bool {
      switch reply {
      case .error(let error) where error.code == "NOSCRIPT": unknown.append(chunk)
      case .error(let error) where error.meansNoScripts: unscriptable += chunk
      case OnceMarker.wasThere:
        report(chunk[chunk.startIndex].place, chunk[chunk.startIndex].duplicate)
      case .error:
        for publication in chunk { report(publication.place, delivery(publication, reply, shard)) }
      case .array(let replies) where replies.count == chunk.count:
        for (publication, reply) in zip(chunk, replies) {
          report(publication.place, delivery(publication, reply, shard))
        }
      default: return false
      }
      return true
    }
    // Several by their text: where the server forgets its scripts amid them, none is overtaken.
    let calls = chunks.map { Self.call($0, policy, byText: chunks.count > 1) }
    try pipeline(calls, on: shard, deadline, written: written) { handle(chunks[$0], $1) }
    let again = unknown
    unknown = []
    try pipeline(again.map { Self.call($0, policy, byText: true) }, on: shard, deadline) {
      handle(again[$0], $1)
    }
    return unscriptable + unknown.joined()
  }

  /// What the script says of one message.
  private func delivery(
    _ publication: Publication, _ reply: Reply, _ shard: Int
  ) -> Delivery {
    switch reply {
    case .integer(let count) where count >= 0: publication.delivery(to: count, wasSent: true)
    case .integer(let count): publication.delivery(to: -1 - count, wasSent: false)
    case .error(let error): publication.failed(.refused(shards[shard].address, error))
    default: publication.failed(.unexpectedReply(shards[shard].address))
    }
  }

  private static func call(
    _ publications: ArraySlice<Publication>, _ policy: SendPolicy, byText: Bool
  ) -> RedisCommand {
    let script = LayerScript.publish
    var words: [RedisCommand.Argument] = [
      byText ? "EVAL" : "EVALSHA", .text(byText ? script.text : script.digest),
    ]
    let marker = publications.first?.marker
    words += marker.map { ["1", .text($0.key)] } ?? ["0"]
    words.append("\(policy.require)")
    for publication in publications {
      words.append(.text(publication.channel))
      words.append(.bytes(publication.body))
    }
    if let marker { words.append("\(marker.life)") }
    return RedisCommand(words)
  }
}

extension PubSubLayer {
  /// The same for a host before Redis 7, or a user who may run no scripts: a write that changes nothing is
  /// answered first, and refused where a message would be lost.
  private func publishAfterProbe(
    _ publications: [Publication], _ policy: SendPolicy, _ deadline: Deadline,
    _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var rest = publications[...]
    while let first = rest.first {
      let run = rest.unmarkedOrOne
      rest = rest[run.endIndex...]
      guard let marker = first.marker else {
        try publishUnmarked(Array(run), policy, deadline, report)
        continue
      }
      let shard = shards[first.shard]
      do throws(ChannelsError) {
        guard try shard.set(marker, deadline) else {
          report(first.place, first.duplicate)
          continue
        }
      } catch .refused(let address, let error) {
        report(first.place, first.failed(.refused(address, error)))
        continue
      }
      var delivery = first.failed(.unexpectedReply(shard.address))
      do throws(ChannelsError) {
        try publishUnmarked([first], policy, deadline) { delivery = $1 }
      } catch {
        guard !error.isUncertain || error == .interrupted else { throw error }
        throw shard.remove(marker, deadline) ?? error
      }
      if !delivery.hasWritten, let doubt = shard.remove(marker, deadline) {
        delivery = first.failed(doubt)
      }
      report(first.place, delivery)
    }
  }

  private func publishUnmarked(
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

extension ArraySlice<Publication> {
  /// The first ones that have no marker; one that has goes alone.
  fileprivate var unmarkedOrOne: Self {
    first?.marker == nil ? prefix { $0.marker == nil } : prefix(1)
  }
}

extension Publication {
  fileprivate func delivery(to receivers: Int, wasSent: Bool) -> Delivery {
    let audience = Audience(receivers: receivers)
    return Delivery(
      group: group, outcome: wasSent ? .delivered(audience, fault: nil) : .withheld(audience))
  }

  fileprivate func failed(_ fault: ChannelsError) -> Delivery {
    Delivery(group: group, outcome: .failed(fault))
  }

  fileprivate var duplicate: Delivery { Delivery(group: group, outcome: .duplicate) }
}

extension ServerError {
  /// Whether no script was run: the server is older than Redis 7, has none, or we may run none.
  fileprivate var meansNoScripts: Bool {
    code == "NOPERM" || text.hasPrefix("unknown command")
      || text.hasPrefix("Error compiling script")
  }
}
