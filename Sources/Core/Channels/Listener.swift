/// One host's connection of a subscription, on which nothing but messages comes.
final class Listener {
  private let client: RedisClient
  /// Seconds of silence after which a host is asked whether it is there; and that it has for an answer.
  private let silence: Double
  /// Messages that came before the last of the subscriptions was answered.
  private var early: ArraySlice<Push> = []
  private var lastHeard = 0.0
  private var asked: Double?
  /// What ended the connection, where messages that came before it went first.
  private var fault: ChannelsError?

  init(_ client: RedisClient, silence: Double = 15) {
    self.client = client
    self.silence = silence
  }

  /// Becomes readable when something has come; nil where nothing is listened to.
  var descriptor: Int32? { client.descriptor }

  /// Returns once the server has answered each subscription.
  func subscribe(
    to channels: [[UInt8]], patterns: [[UInt8]], _ deadline: Deadline
  ) throws(ChannelsError) {
    // One a command, so that each is answered by one reply, or by one error.
    let commands =
      channels.map { RedisCommand("SUBSCRIBE", .bytes($0)) }
      + patterns.map { RedisCommand("PSUBSCRIBE", .bytes($0)) }
    // Nobody is there to notice that the connection was lost.
    guard !commands.isEmpty else { return }
    try post(commands, deadline)
    var open = commands.count
    while open > 0 {
      switch try next() {
      case .error(let error)?: throw .refused(client.address, error)
      case let reply?:
        if let push = Push(reply) {
          early.append(push)
        } else if Self.isConfirmation(reply) {
          open -= 1
        } else {
          throw ChannelsError.unexpectedReply(client.address).withNothingSent
        }
      case nil: try wait(deadline)
      }
    }
  }

  private static func isConfirmation(_ reply: Reply) -> Bool {
    guard let parts = reply.array, parts.count == 3, let kind = parts[0].bytes else { return false }
    return kind.elementsEqual("subscribe".utf8) || kind.elementsEqual("psubscribe".utf8)
  }

  /// Gives what has come, until so many were taken; what is left comes the next time.
  ///
  /// - Parameter take: says whether it took the message.
  func receive(_ limit: Int, take: (Push) -> Bool) throws(ChannelsError) {
    if let fault { throw fault }
    var count = 0
    do throws(ChannelsError) {
      while count < limit, let push = try nextPush() {
        if take(push) { count += 1 }
      }
    } catch {
      if count == 0 { throw error }
      fault = error
    }
  }

  private func nextPush() throws(ChannelsError) -> Push? {
    if let push = early.popFirst() { return push }
    while let reply = try next() {
      if case .error(let error) = reply { throw .refused(client.address, error) }
      if let push = Push(reply) { return push }
    }
    return nil
  }

  /// Asks a silent server whether it is there.
  ///
  /// - Returns: seconds until it is to be asked again, or to have answered.
  func keepAlive() throws(ChannelsError) -> Double {
    guard client.descriptor != nil else { return .infinity }
    let now = Deadline.monotonic()
    if let asked {
      let left = asked + silence - now
      guard left > 0 else {
        throw .unreachable(.timedOut(client.address, seconds: silence, written: false))
      }
      return left
    }
    let left = lastHeard + silence - now
    if left > 0 { return left }
    try post([RedisCommand("PING")], Deadline(seconds: silence))
    asked = now
    return silence
  }

  private func next() throws(ChannelsError) -> Reply? {
    do {
      guard let reply = try client.receive() else { return nil }
      lastHeard = Deadline.monotonic()
      asked = nil
      return reply
    } catch {
      throw ChannelsError(error).withNothingSent
    }
  }

  private func post(_ commands: [RedisCommand], _ deadline: Deadline) throws(ChannelsError) {
    do {
      try client.post(commands, deadline: deadline)
    } catch {
      throw ChannelsError(error).withNothingSent
    }
    lastHeard = Deadline.monotonic()
  }

  private func wait(_ deadline: Deadline) throws(ChannelsError) {
    let socket = client.descriptor.map { [Watched.readable($0)] } ?? []
    switch Watched.wait(for: client.watched + socket, seconds: deadline.remaining) {
    case client.watched.count?: return
    case nil:
      throw .unreachable(
        .timedOut(client.address, seconds: deadline.seconds ?? 0, written: false))
    default: throw .interrupted
    }
  }
}

/// A message as a server sends it to a subscriber.
struct Push {
  /// Of our subscriptions, the pattern by which it came; nil: the channel itself.
  let pattern: [UInt8]?
  let channel: [UInt8]
  let body: [UInt8]

  /// Nil for what is no message.
  init?(_ reply: Reply) {
    guard let parts = reply.array, let kind = parts.first?.bytes else { return nil }
    switch kind.count {
    case 7 where parts.count == 3 && kind.elementsEqual("message".utf8):
      guard let channel = parts[1].bytes, let body = parts[2].bytes else { return nil }
      (pattern, self.channel, self.body) = (nil, channel, body)
    case 8 where parts.count == 4 && kind.elementsEqual("pmessage".utf8):
      guard let channel = parts[2].bytes, let body = parts[3].bytes else { return nil }
      (pattern, self.channel, self.body) = (parts[1].bytes, channel, body)
    default: return nil
    }
  }
}
