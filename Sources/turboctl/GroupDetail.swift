import Core

/// One group as `chats show` and `groups show` show it: each live member, by its process.
struct GroupDetail {
  let group: String
  let chat: String?
  let members: [GroupMember]
  /// The server's time, in seconds since 1970.
  let now: Double
  let layer: LayerConfiguration

  /// Looks at a group and shows it; a name that no group can have is an error if none has.
  static func run(
    _ group: String, chat: String?, _ global: GlobalOptions, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let deadline = Deadline(seconds: global.timeout ?? 30)
    if global.layer.backend == .pubsub {
      return try runPubSub(group, chat: chat, global, console, deadline)
    }
    let layer = global.open(try global.hosts(console), console)
    let (members, now, missing) = try asking { () throws(ChannelsError) in
      try layer.members(of: Array(group.utf8), deadline: deadline)
    }
    if members.isEmpty { _ = try GlobalOptions.group(group) }
    let sorted = members.sorted { left, right in
      left.channel.process != right.channel.process
        ? left.channel.process.lexicographicallyPrecedes(right.channel.process)
        : left.joined < right.joined
    }
    let detail = GroupDetail(
      group: group, chat: chat, members: sorted, now: now, layer: global.layer)
    if !global.isQuiet {
      try global.isJSON ? detail.printJSON(console) : detail.print(console)
    }
    try requireAll(missing)
    return .done
  }

  /// Of a pub/sub layer's group there is one thing to know: how many connections listen to it.
  private static func runPubSub(
    _ group: String, chat: String?, _ global: GlobalOptions, _ console: Console,
    _ deadline: Deadline
  ) throws(CommandError) -> ExitCode {
    let name = try GlobalOptions.group(group)
    let layer = global.openPubSub(try global.hosts(console), console)
    let audiences = try asking { () throws(ChannelsError) in
      try layer.audiences(of: [name], deadline: deadline)
    }
    let count = audiences.first?.channels ?? 0
    guard !global.isQuiet else { return .done }
    if global.isJSON {
      guard count > 0 else { return .done }
      var line = Object()
      if let chat { line["chat"] = .string(chat) }
      line["group"] = .string(group)
      line["connections"] = .integer(count)
      try console.print(line)
    } else {
      let text = count > 0 ? counted(count, "connection", "connections") : "nobody listens"
      try console.print("\(group): \(text)")
    }
    return .done
  }

  private func print(_ console: Console) throws(CommandError) {
    guard !members.isEmpty else {
      return try console.print("\(TerminalText.line(group)): nobody listens")
    }
    let site = members.filter { !$0.channel.isTail }
    let channels = counted(site.count, "channel", "channels")
    let processes = counted(Set(site.map(\.channel.process)).count, "process", "processes")
    let tails = members.count - site.count
    let ours = tails > 0 ? ", and \(counted(tails, "tail", "tails")) of ours" : ""
    try console.print("\(TerminalText.line(group)): \(channels) in \(processes)\(ours)\n")
    try console.print(table)
  }

  private var table: TextTable {
    TextTable(
      [
        .init("CHANNEL"), .init("PROCESS"), .init("JOINED"), .init("LEFT", isNumber: true),
        .init("QUEUED", isNumber: true), .init("OLDEST", isNumber: true),
        .init("IN FLIGHT", isNumber: true),
      ],
      rows: members.map { member in
        [
          member.channel.text, member.channel.process.text,
          member.channel.isTail ? "our tail" : "\(readable(age: now - member.joined)) ago",
          readable(age: left(member)),
          member.queue.map { "\($0.queued)/\(layer.capacity)" } ?? "-",
          member.queue?.oldest.map { readable(age: now - $0) } ?? "-",
          shown(member.queue?.inFlight),
        ]
      })
  }

  private func printJSON(_ console: Console) throws(CommandError) {
    for member in members {
      var line = Object()
      if let chat { line["chat"] = .string(chat) }
      line["group"] = .string(group)
      line["channel"] = .string(member.channel.text)
      line["process"] = .string(member.channel.process.text)
      line["tail"] = .bool(member.channel.isTail)
      // A tail's score is a lease, and says nothing of when it joined.
      line["joined"] = member.channel.isTail ? .null : .string(Timestamp.text(member.joined))
      line["expires_in"] = .double((left(member) * 1e3).rounded() / 1e3)
      line["queued"] = member.queue.map { .integer($0.queued) } ?? .null
      line["capacity"] = .integer(layer.capacity)
      line["oldest_age"] = member.queue?.oldest.map { .double(age($0, now)) } ?? .null
      line["in_flight"] = member.queue.map { .integer($0.inFlight) } ?? .null
      try console.print(line)
    }
  }

  /// Seconds until it leaves the group by itself, unless it joins again.
  private func left(_ member: GroupMember) -> Double {
    max(0, member.joined + Double(layer.memberLife) - now)
  }
}

extension [UInt8] {
  /// For people and JSON: broken UTF-8 is repaired.
  var text: String { String(decoding: self, as: UTF8.self) }
}
