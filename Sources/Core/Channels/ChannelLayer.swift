/// What both layers of channels_redis can do; `CoreLayer` has more.
package protocol ChannelLayer: AnyObject {
  var configuration: LayerConfiguration { get }

  /// Where the first of the hosts is.
  var address: RedisAddress { get }

  /// Connects to every host now; else each is connected to when it is first needed.
  func connect(deadline: Deadline) throws(ChannelsError)

  /// Sends each message to its group, and reports on each as its reply comes; nothing goes twice.
  ///
  /// - Throws: `.uncertain` where groups that were not reported on may have got their message.
  func send(
    _ messages: [GroupMessage], policy: SendPolicy, deadline: Deadline, report: (Delivery) -> Void
  ) throws(ChannelsError)

  /// Who a message to each group would reach; writes nothing.
  func audiences(of groups: [GroupName], deadline: Deadline) throws(ChannelsError) -> [Audience]

  /// The names in Redis that a send to a group reads or writes, the group's own first.
  func names(of group: GroupName, deadline: Deadline) throws(ChannelsError) -> [String]

  /// The groups with live members whose names match a glob, in no order, and the server's time.
  func groups(
    matching glob: String, deadline: Deadline
  ) throws(ChannelsError) -> (groups: [GroupSummary], now: Double)
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
}
