/// What both layers of channels_redis can do; `CoreLayer` has more.
package protocol ChannelLayer: AnyObject {
  var configuration: LayerConfiguration { get }

  /// The hosts, in the order that Django has them.
  var servers: [LayerServer] { get }

  /// Sends messages to their groups, those to one group in their order, and reports on each as it is
  /// done; nothing goes twice.
  ///
  /// Of several hosts, one that fails takes along what lives on it, and the report says so.
  ///
  /// - Parameters:
  ///   - meanwhile: is called once, while the server works.
  ///   - report: is told a message's place among `messages` and what became of it.
  /// - Throws: `.uncertain` where messages that were not reported on may have been delivered.
  func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, meanwhile: () -> Void,
    report: (Int, Delivery) -> Void
  ) throws(ChannelsError)

  /// The full queues that sends have given up waiting for, by their processes.
  var givenUp: [GroupName: [String]] { get }

  /// Who a message to each group would reach; writes nothing.
  func audiences(of groups: [GroupName], deadline: Deadline) throws(ChannelsError) -> [Audience]

  /// The names in Redis that a send to a group reads or writes, the group's own first.
  func names(of group: GroupName, deadline: Deadline) throws(ChannelsError) -> [String]

  /// The groups with live members whose names match a glob, in no order, and the server's time.
  func groups(
    matching glob: String, deadline: Deadline
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double, missing: [ChannelsError])

  /// Sends a message to nobody's group and receives it again, on each host.
  ///
  /// - Returns: seconds from the send to the receipt, on the slowest; nil where something else came back.
  func roundTrip(deadline: Deadline) throws(ChannelsError) -> Double?

  /// Everything that was found: of each host its own troubles, then those of the layer.
  func diagnosis(deadline: Deadline) throws(ChannelsError) -> Diagnosis
}

extension ChannelLayer {
  package func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline,
    report: (Int, Delivery) -> Void
  ) throws(ChannelsError) {
    try send(messages, policy: policy, deadline: deadline, meanwhile: {}, report: report)
  }

  /// Where the hosts are.
  package var addresses: [RedisAddress] { servers.map(\.address) }
}

extension LayerConfiguration {
  /// The name in Redis of a group.
  package func name(of group: GroupName) -> String {
    backend == .core ? groupKey(group) : groupChannel(group)
  }
}

extension CoreLayer: ChannelLayer {
  package func names(of group: GroupName, deadline: Deadline) throws(ChannelsError) -> [String] {
    [configuration.groupKey(group)] + (try queueKeys(of: group, deadline: deadline))
  }

  package var givenUp: [GroupName: [String]] { patience.givenUp }

  package func roundTrip(deadline: Deadline) throws(ChannelsError) -> Double? {
    try PrivateGroup.roundTrip(through: self, deadline: deadline)
  }
}
