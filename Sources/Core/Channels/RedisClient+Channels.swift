// A host as a layer uses it: faults are told by what they mean for delivery.

/// A script with its keys and arguments.
struct ScriptCall: Sendable {
  let keys: [RedisCommand.Argument]
  let arguments: [RedisCommand.Argument]

  init(keys: [RedisCommand.Argument], _ arguments: [RedisCommand.Argument]) {
    self.keys = keys
    self.arguments = arguments
  }

  fileprivate func command(_ name: String, _ script: String) -> RedisCommand {
    RedisCommand([.text(name), .text(script), "\(keys.count)"] + keys + arguments)
  }
}

extension RedisClient {
  func ask(
    _ commands: [RedisCommand], _ deadline: Deadline
  ) throws(ChannelsError) -> [Reply] {
    var replies: [Reply] = []
    try ask(commands, deadline) { replies.append($1) }
    return replies
  }

  /// The same, a reply at a time: for those that together would take much memory.
  func ask(
    _ commands: [RedisCommand], _ deadline: Deadline, written: () -> Void = {},
    received: (Int, Reply) -> Void
  ) throws(ChannelsError) {
    do {
      try pipeline(commands, deadline: deadline, written: written, received: received)
    } catch {
      throw ChannelsError(error)
    }
  }

  /// Runs a script for each call: by its digest, and those that the server did not know by its text.
  func evaluate(
    _ script: LayerScript, _ calls: [ScriptCall], _ deadline: Deadline,
    written: () -> Void = {}, received: (Int, Reply) -> Void
  ) throws(ChannelsError) {
    var unknown: [Int] = []
    let commands = calls.map { $0.command("EVALSHA", script.digest) }
    try ask(commands, deadline, written: written) { place, reply in
      if case .error(let error) = reply, error.code == "NOSCRIPT" {
        unknown.append(place)
      } else {
        received(place, reply)
      }
    }
    guard !unknown.isEmpty else { return }
    try ask(unknown.map { calls[$0].command("EVAL", script.text) }, deadline) {
      received(unknown[$0], $1)
    }
  }

  /// Waits so many seconds, or until what interrupts every wait does.
  func wait(_ seconds: Double) throws(ChannelsError) {
    guard Watched.wait(for: watched, seconds: seconds) == nil else { throw .interrupted }
  }

  /// Members with their scores, as ZRANGE and ZPOPMIN give them.
  func members(_ pairs: [Reply]) throws(ChannelsError) -> [(bytes: [UInt8], score: Double)] {
    var members: [(bytes: [UInt8], score: Double)] = []
    members.reserveCapacity(pairs.count / 2)
    for place in stride(from: 0, to: pairs.count - 1, by: 2) {
      guard let bytes = pairs[place].bytes, let score = pairs[place + 1].double
      else { throw .unexpectedReply(address) }
      members.append((bytes, score))
    }
    return members
  }

  func integer(_ reply: Reply) throws(ChannelsError) -> Int {
    if case .error(let error) = reply { throw .refused(address, error) }
    guard let number = reply.integer else { throw .unexpectedReply(address) }
    return number
  }

  func array(_ reply: Reply) throws(ChannelsError) -> [Reply] {
    if case .error(let error) = reply { throw .refused(address, error) }
    guard let replies = reply.array else { throw .unexpectedReply(address) }
    return replies
  }

  /// The reply to TIME, in seconds since 1970.
  func time(_ reply: Reply) throws(ChannelsError) -> Double {
    let parts = try array(reply).compactMap(\.double)
    guard parts.count == 2, 0...1e12 ~= parts[0] else { throw .unexpectedReply(address) }
    return parts[0] + parts[1] / 1e6
  }

  func time(_ deadline: Deadline) throws(ChannelsError) -> Double {
    try time(ask([RedisCommand("TIME")], deadline)[0])
  }
}
