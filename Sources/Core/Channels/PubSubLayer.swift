/// The pub/sub layer, of which Redis keeps nothing: a group is a channel of PUBLISH
/// (`channels_redis.pubsub.RedisPubSubChannelLayer`).
package final class PubSubLayer: ChannelLayer {
  package let configuration: LayerConfiguration
  /// The hosts, in the order that Django has them.
  let shards: [RedisClient]
  /// The hosts that cannot, or may not, run the script of a send.
  var unscripted: Set<Int> = []
  private let serializers: SerializerSource

  package init(_ shards: [RedisClient], configuration: LayerConfiguration) {
    self.shards = shards
    self.configuration = configuration
    serializers = SerializerSource(configuration)
  }

  package var servers: [LayerServer] { shards.map(LayerServer.init) }

  /// How messages are written and read.
  func serializer() throws(ChannelsError) -> Serializer {
    do { return try serializers.serializer() } catch { throw .encryption(error) }
  }

  /// Where a group lives: found by the whole name of its channel (`channels_redis/pubsub.py _get_shard`).
  func shard(of channel: some Sequence<UInt8>) -> Int {
    ShardRing.index(of: channel, shards: shards.count)
  }

  /// Publishes the messages, many a script, and reports in the order given.
  package func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, meanwhile: () -> Void,
    report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var isFirst = true
    func once() {
      if isFirst {
        isFirst = false
        meanwhile()
      }
    }
    defer { once() }
    let publications = try publications(of: messages, policy)
    try checkSizes(publications, deadline)
    var faults: [Int: ChannelsError] = [:]
    var rest = publications[...]
    while !rest.isEmpty {
      let slice = rest.prefix(atOnce(rest))
      rest = rest.dropFirst(slice.count)
      try publish(slice, policy, &faults, deadline, written: once, report)
    }
  }

  /// There are no queues.
  package var givenUp: [GroupName: [String]] { [:] }

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
  var marker: OnceMarker?
}

extension PubSubLayer {
  /// A message as its sender wrote it (`channels_redis/pubsub.py receive`).
  package func read(
    _ published: PublishedMessage
  ) throws(ReceivedMessage.Fault) -> ReceivedMessage {
    let serializer: Serializer
    do { serializer = try serializers.serializer() } catch { throw .encrypted(error) }
    let now = Timestamp.now()
    guard let fields = try serializer.read(published.body[...], now: now).object else {
      throw .notAnObject
    }
    return ReceivedMessage(fields, channel: published.channel, time: now)
  }

  /// Publishes to each host what is for groups that live there.
  ///
  /// - Parameter faults: of hosts that failed before; gets those that fail now.
  private func publish(
    _ publications: ArraySlice<Publication>, _ policy: SendPolicy,
    _ faults: inout [Int: ChannelsError], _ deadline: Deadline, written: () -> Void,
    _ report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    var fault: ChannelsError?
    for shard in Set(publications.map(\.shard)).sorted() where fault == nil {
      let own = shards.count == 1 ? publications : publications.filter { $0.shard == shard }[...]
      var answered: Set<Int> = []
      do throws(ChannelsError) {
        if let known = faults[shard] { throw known.withNothingSent }
        try publish(own, policy, deadline.shared(by: shards.count), written: written) {
          answered.insert($0)
          report($0, $1)
        }
      } catch {
        guard shards.count > 1, error != .interrupted else {
          fault = error
          continue
        }
        faults[shard] = error
        for publication in own where !answered.contains(publication.place) {
          report(
            publication.place, Delivery(group: publication.group, outcome: .failed(error)))
        }
      }
    }
    if let fault { throw fault }
  }

  private func publications(
    of messages: [GroupMessage], _ policy: SendPolicy
  ) throws(ChannelsError) -> [Publication] {
    let serializer = try serializer()
    let now = Timestamp.now()
    var publications: [Publication] = []
    publications.reserveCapacity(messages.count)
    for (place, message) in messages.enumerated() {
      // Mostly the group is that of the message before.
      let isSame = publications.last?.group == message.group
      let known = isSame ? publications.last?.channel : nil
      let channel = known ?? configuration.groupChannel(message.group)
      let body: [UInt8]
      do {
        body = try serializer.body(of: message.encoded, now: now)
      } catch {
        throw .encryption(error)
      }
      publications.append(
        Publication(
          place: place, group: message.group, channel: channel, shard: shard(of: channel.utf8),
          body: body, marker: configuration.marker(of: message, policy)))
    }
    return publications
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
    _ commands: [RedisCommand], on shard: Int, _ deadline: Deadline, written: () -> Void = {},
    understood: (Int, Reply) -> Bool
  ) throws(ChannelsError) {
    guard !commands.isEmpty else { return }
    var isUnderstood = true
    do {
      try shards[shard].pipeline(commands, deadline: deadline, written: written) {
        isUnderstood = understood($0, $1) && isUnderstood
      }
    } catch {
      throw ChannelsError(error)
    }
    guard isUnderstood else { throw .unexpectedReply(shards[shard].address) }
  }
}
