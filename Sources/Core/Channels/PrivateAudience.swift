/// Processes of ours in a group that nobody else knows: what a bench sends to and takes from.
///
/// Killed, we leave nothing that outlives the lease.
package protocol PrivateAudience: AnyObject {
  var group: GroupName { get }
  /// Who a message reaches.
  var audience: Audience { get }
  /// Bytes that the layer adds to a message for all of them.
  var overhead: Int { get }
  /// Messages that may wait for each process at once.
  var room: Int { get }
  /// Bytes that have left over all connections.
  var sent: Int { get }

  func join(deadline: Deadline) throws(ChannelsError)

  /// Moves the lease on, where a third of it is over.
  func renewIfDue(deadline: Deadline) throws(ChannelsError)

  /// Takes away what waits for each process.
  ///
  /// - Returns: whether it is these messages, and nothing else.
  func clear(_ messages: [GroupMessage], deadline: Deadline) throws(ChannelsError) -> Bool

  /// The oldest messages that wait for the first process, `limit` at most.
  func take(limit: Int, deadline: Deadline) throws(ChannelsError) -> [Object]

  /// Begins to wait for a message in each process, as an idle consumer does.
  func listen(deadline: Deadline) throws(ChannelsError)

  /// What has come to each process since `listen`; waits until every one has a message.
  func hear(deadline: Deadline) throws(ChannelsError) -> [Object]

  /// Leaves nothing behind.
  ///
  /// - Parameter isAbrupt: a send may be under way still.
  func leave(isAbrupt: Bool, deadline: Deadline) throws(ChannelsError)
}

/// The names of an audience: ours by their beginning, and as long as those of the site.
package enum PrivateNames {
  private static let mark = "\(Membership.processPrefix)bench."

  package static func group() -> String { "\(mark)\(Membership.randomHex())" }

  /// As long as `specific.` and 32 digits, which the site's have (`channels_redis/core.py new_channel`).
  static func processes(_ count: Int) -> [String] {
    (0..<count).map { _ in "\(mark)\(Membership.randomHex().dropLast(6))!" }
  }

  /// The processes in turn get one each.
  static func channels(_ count: Int, in processes: [String]) -> [String] {
    (0..<count).map { "\(processes[$0 % processes.count])\(Membership.randomHex())" }
  }
}

extension [GroupMessage] {
  /// Whether these are the messages, in their order.
  package func match(_ received: [Object]) -> Bool {
    count == received.count && zip(self, received).allSatisfy { $0.message.fields == $1 }
  }
}
