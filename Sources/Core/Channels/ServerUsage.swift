/// What servers have read and computed so far, and what of that we have sent.
package struct ServerUsage: Sendable {
  /// Bytes that the servers have read of anybody; nil where they do not tell.
  private let read: Int?
  /// Seconds of processor time.
  private let processor: Double?
  /// Bytes that we had sent when we began to ask, and when we had the answer.
  private let sent: (before: Int, after: Int)

  /// Asks every host of a layer (INFO).
  ///
  /// - Parameter sent: how many bytes we have sent so far.
  package init(
    of layer: some ChannelLayer, sent: () -> Int, deadline: Deadline
  ) throws(ChannelsError) {
    let before = sent()
    var read: Int? = 0
    var processor: Double? = 0
    for server in layer.servers {
      let (bytes, seconds) = try server.usage(deadline: deadline)
      read = read.flatMap { sum in bytes.map { sum + $0 } }
      processor = processor.flatMap { sum in seconds.map { sum + $0 } }
    }
    self.read = read
    self.processor = processor
    self.sent = (before, sent())
  }

  /// What came between an earlier look and this one.
  package func since(_ earlier: ServerUsage) -> Work {
    // This look was read by the server too, and is nobody's message.
    let look = sent.after - sent.before
    let own = sent.before - earlier.sent.after
    let others = read.flatMap { now in earlier.read.map { max(0, now - $0 - look - own) } }
    return Work(
      sent: own, others: others,
      processor: processor.flatMap { now in earlier.processor.map { max(0, now - $0) } })
  }

  package struct Work: Equatable, Sendable {
    /// Bytes that we sent.
    package var sent: Int
    /// Bytes that others sent meanwhile; nil where the servers do not tell.
    package var others: Int?
    /// Seconds of the servers' processors, for whomever; nil where they do not tell.
    package var processor: Double?

    package init(sent: Int = 0, others: Int? = 0, processor: Double? = 0) {
      self.sent = sent
      self.others = others
      self.processor = processor
    }

    package static func += (left: inout Work, right: Work) {
      left.sent += right.sent
      left.others = left.others.flatMap { sum in right.others.map { sum + $0 } }
      left.processor = left.processor.flatMap { sum in right.processor.map { sum + $0 } }
    }
  }
}

extension LayerServer {
  /// Bytes that the server has read, and seconds that it has computed; nil where we may not ask.
  fileprivate func usage(
    deadline: Deadline
  ) throws(ChannelsError) -> (read: Int?, processor: Double?) {
    let replies = try client.ask(
      [RedisCommand("INFO", "stats"), RedisCommand("INFO", "cpu")], deadline)
    let info = ServerInfo(replies.compactMap(\.text).joined(separator: "\n"))
    let times = ["used_cpu_user", "used_cpu_sys"].compactMap { info[$0].flatMap { Double($0) } }
    let read = info.integer("total_net_input_bytes").flatMap { 0...1 << 56 ~= $0 ? $0 : nil }
    return (read, times.count == 2 ? times.reduce(0, +) : nil)
  }
}
