/// The pub/sub layer, of which Redis keeps nothing: a group is a channel of PUBLISH
/// (`channels_redis.pubsub.RedisPubSubChannelLayer`).
package final class PubSubLayer: ChannelLayer {
  package let configuration: LayerConfiguration
  /// The hosts, in the order that Django has them.
  let shards: [RedisClient]
  /// The hosts that cannot, or may not, run the script of a send.
  var unscripted: Set<Int> = []
  /// Nil: plain text; made when it is first needed, since OpenSSL has to be loaded for it.
  private lazy var fernet = Result { () throws(FernetError) in
    try Fernet(secrets: configuration.encryptsPubSub ? configuration.encryptionKeys : [])
  }

  package init(_ shards: [RedisClient], configuration: LayerConfiguration) {
    self.shards = shards
    self.configuration = configuration
  }

  package var address: RedisAddress { shards[0].address }

  package func connect(deadline: Deadline) throws(ChannelsError) {
    do {
      for shard in shards { try shard.connect(deadline) }
    } catch {
      throw ChannelsError(error)
    }
  }

  /// Where a group lives: found by the whole name of its channel (`channels_redis/pubsub.py _get_shard`).
  func shard(of channel: some Sequence<UInt8>) -> Int {
    ShardRing.index(of: channel, shards: shards.count)
  }

  /// Publishes each message, a script for each, and reports in the order given.
  package func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, report: (Delivery) -> Void
  ) throws(ChannelsError) {
    var publications: [Publication] = []
    for message in messages {
      publications.append(try publication(of: message, place: publications.count))
    }
    try checkSizes(publications, deadline)
    let concerned = Set(publications.map(\.shard)).sorted()
    // A host that is down shows before the first write.
    do {
      for shard in concerned { try shards[shard].connect(deadline) }
    } catch {
      throw ChannelsError(error)
    }
    var rest = publications[...]
    while !rest.isEmpty {
      let slice = rest.prefix(atOnce(rest))
      rest = rest.dropFirst(slice.count)
      try publish(slice, policy, deadline, report)
    }
  }

  /// Who listens to each group by name; those who listen by a pattern are not counted.
  package func audiences(
    of groups: [GroupName], deadline: Deadline
  ) throws(ChannelsError) -> [Audience] {
    let channels = groups.map { Array(configuration.groupChannel($0).utf8) }
    return try counts(of: channels, deadline).map { Audience(receivers: $0) }
  }

  package func names(of group: GroupName, deadline: Deadline) throws(ChannelsError) -> [String] {
    [configuration.groupChannel(group)]
  }
}

/// A message on its way to a group's channel.
struct Publication {
  /// Among those that are sent together.
  let place: Int
  let group: GroupName
  let channel: String
  let shard: Int
  let body: [UInt8]
}

extension PubSubLayer {
  /// The whole message, serialised and encrypted; nothing stands before it
  /// (`channels_redis/serializers.py serialize`).
  private func body(of message: Message) throws(ChannelsError) -> [UInt8] {
    let body: [UInt8]
    do {
      body = try message.serialized(as: configuration.serializer)
    } catch {
      throw .unsendable(error)
    }
    do {
      return try fernet.get()?.encrypt(body, now: Int(Timestamp.now())) ?? body
    } catch {
      throw .encryption(error)
    }
  }

  /// A message as its sender wrote it; a token may be of any age (`channels_redis/pubsub.py deserialize`).
  package func read(
    _ message: PublishedMessage
  ) throws(ReceivedMessage.Fault) -> ReceivedMessage {
    var body = message.body
    do {
      if let fernet = try fernet.get() { body = try fernet.decrypt(body[...], ttl: nil, now: 0) }
    } catch {
      throw .encrypted(error)
    }
    guard let fields = try ReceivedMessage.read(body[...]).object else { throw .notAnObject }
    return ReceivedMessage(fields, channel: message.channel, time: Timestamp.now())
  }

  /// Publishes to each host what is for groups that live there; what came of it is told in order.
  private func publish(
    _ publications: ArraySlice<Publication>, _ policy: SendPolicy, _ deadline: Deadline,
    _ report: (Delivery) -> Void
  ) throws(ChannelsError) {
    var deliveries: [Int: Delivery] = [:]
    var fault: ChannelsError?
    for shard in Set(publications.map(\.shard)).sorted() where fault == nil {
      do {
        try publish(publications.filter { $0.shard == shard }, policy, deadline) {
          deliveries[$0] = $1
        }
      } catch {
        fault = error
      }
    }
    for delivery in publications.lazy.map({ deliveries[$0.place] }).prefix(while: { $0 != nil }) {
      if let delivery { report(delivery) }
    }
    if let fault { throw fault }
  }

  private func publication(
    of message: GroupMessage, place: Int
  ) throws(ChannelsError) -> Publication {
    let channel = configuration.groupChannel(message.group)
    return Publication(
      place: place, group: message.group, channel: channel, shard: shard(of: channel.utf8),
      body: try body(of: message.message))
  }

  /// How many messages go out in one write: at least one, and about 8 MB.
  private func atOnce(_ publications: ArraySlice<Publication>) -> Int {
    var bytes = 0
    let end = publications.firstIndex { publication in
      bytes += publication.body.count
      return bytes > 8 << 20
    }
    return max(1, (end ?? publications.endIndex) - publications.startIndex)
  }
}

extension PubSubLayer {
  /// - Parameter understood: is told each reply and its place, and whether it makes sense.
  func pipeline(
    _ commands: [RedisCommand], on shard: Int, _ deadline: Deadline,
    understood: (Int, Reply) -> Bool
  ) throws(ChannelsError) {
    guard !commands.isEmpty else { return }
    var isUnderstood = true
    do {
      try shards[shard].pipeline(commands, deadline: deadline) {
        isUnderstood = understood($0, $1) && isUnderstood
      }
    } catch {
      throw ChannelsError(error)
    }
    guard isUnderstood else { throw .unexpectedReply(shards[shard].address) }
  }

  /// The reply to one command, never an error.
  func ask(
    _ command: RedisCommand, _ shard: Int, _ deadline: Deadline
  ) throws(ChannelsError) -> Reply {
    var answer = Reply.null
    try pipeline([command], on: shard, deadline) {
      answer = $1
      return true
    }
    if case .error(let error) = answer { throw .refused(shards[shard].address, error) }
    return answer
  }
}
