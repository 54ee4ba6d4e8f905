// The key space of a host, a step at a time.

/// The first error among replies; a key of another type is no error, but none of the layer's.
struct ReplyFaults {
  private(set) var first: ServerError?

  mutating func note(_ reply: Reply) {
    if first == nil, case .error(let error) = reply, error.code != "WRONGTYPE" { first = error }
  }
}

extension RedisClient {
  /// Keys that SCAN looks at in a step.
  private static var step: Int { 1000 }

  /// Walks the keys that match a glob, and asks one thing about each that is wanted.
  ///
  /// What one step found is asked about in the write that asks for the next. A key that SCAN returns
  /// again is passed over.
  func scan(
    _ pattern: String, _ deadline: Deadline, where isWanted: ([UInt8]) -> Bool = { _ in true },
    asking question: ([UInt8]) -> RedisCommand, answer: ([UInt8], Reply) -> Void
  ) throws(ChannelsError) {
    var cursor: RedisCommand.Argument? = "0"
    var found: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    var faults = ReplyFaults()
    while cursor != nil || !found.isEmpty {
      var commands = found.map(question)
      if let cursor {
        commands.append(
          RedisCommand("SCAN", cursor, "MATCH", .text(pattern), "COUNT", "\(Self.step)"))
      }
      var page = Reply.array([])
      try ask(commands, deadline) { [found] place, reply in
        guard place < found.count else {
          page = reply
          return
        }
        faults.note(reply)
        answer(found[place], reply)
      }
      if let error = faults.first { throw .refused(address, error) }
      let step = try array(page)
      cursor = step.first?.bytes.flatMap { $0 == [UInt8(ascii: "0")] ? nil : .bytes($0) }
      found = (step.last?.array ?? []).compactMap(\.bytes)
        .filter { isWanted($0) && seen.insert($0).inserted }
    }
  }
}
