import Core

/// Groups as `chats list` and `groups list` show them: sorted, cut, as a table or as JSON.
struct GroupList {
  /// What the rows are sorted by; of figures the greatest stands first, of times the nearest.
  enum Order: String, CaseIterable {
    case chat, group, channels, processes, queued, oldest, joined

    /// Whether the layer knows it.
    func isKnown(to backend: LayerConfiguration.Backend) -> Bool {
      switch self {
      case .chat, .group, .channels: true
      case .processes, .queued, .oldest, .joined: backend == .core
      }
    }
  }

  private struct Row {
    let chat: String?
    let group: GroupSummary
  }

  private let rows: [Row]
  /// The server's time, in seconds since 1970.
  private let now: Double
  private let isOfChats: Bool
  private let backend: LayerConfiguration.Backend

  /// - Parameter chats: takes only the groups of chats; nil: takes all.
  init(
    _ groups: [GroupSummary], now: Double, chats: ChatPattern?,
    backend: LayerConfiguration.Backend = .core
  ) {
    self.now = now
    self.backend = backend
    isOfChats = chats != nil
    rows = groups.compactMap { group in
      let chat = chats?.id(in: group.name)
      return chats != nil && chat == nil ? nil : Row(chat: chat, group: group)
    }
  }

  private init(_ rows: [Row], of list: GroupList) {
    self.rows = rows
    now = list.now
    isOfChats = list.isOfChats
    backend = list.backend
  }

  var count: Int { rows.count }

  func sorted(by order: Order) -> GroupList {
    // The key is made once a row, and not at every comparison.
    let keyed = rows.map { (key: Self.key($0.group, order), row: $0) }
    let sorted = keyed.sorted { left, right in
      left.key != right.key
        ? left.key > right.key : left.row.group.name.comesNaturally(before: right.row.group.name)
    }
    return GroupList(sorted.map(\.row), of: self)
  }

  func prefix(_ limit: Int) -> GroupList {
    GroupList(Array(rows.prefix(limit)), of: self)
  }

  private static func key(_ group: GroupSummary, _ order: Order) -> Double {
    switch order {
    case .chat, .group: 0
    case .channels: Double(group.channels)
    case .processes: Double(group.processes)
    case .queued: group.queued.map(Double.init) ?? -1
    case .oldest: group.oldest.map { -$0 } ?? -.infinity
    case .joined: group.joined?.upperBound ?? -.infinity
    }
  }
}

extension GroupList {
  var table: TextTable {
    backend == .core ? coreTable : pubSubTable
  }

  /// The servers know connections alone, and ours among them.
  private var pubSubTable: TextTable {
    TextTable(
      (isOfChats ? [.init("CHAT")] : []) + [
        .init("GROUP"), .init("CONNECTIONS", isNumber: true),
      ],
      rows: rows.map { ($0.chat.map { [$0] } ?? []) + [$0.group.name, "\($0.group.channels)"] })
  }

  private var coreTable: TextTable {
    // Our own tails are rare, and a column of zeros says nothing.
    let hasTails = rows.contains { $0.group.tails > 0 }
    let columns: [TextTable.Column] =
      (isOfChats ? [.init("CHAT")] : []) + [
        .init("GROUP"), .init("CHANNELS", isNumber: true), .init("PROCESSES", isNumber: true),
        .init("QUEUED", isNumber: true), .init("OLDEST", isNumber: true), .init("JOINED"),
      ] + (hasTails ? [.init("TAILS", isNumber: true)] : [])
    return TextTable(
      columns,
      rows: rows.map { row in
        let group = row.group
        return (row.chat.map { [$0] } ?? []) + [
          group.name, "\(group.channels)", "\(group.processes)", shown(group.queued),
          group.oldest.map { readable(age: now - $0) } ?? "-", joined(group.joined),
        ] + (hasTails ? ["\(group.tails)"] : [])
      })
  }

  private func joined(_ times: ClosedRange<Double>?) -> String {
    guard let times else { return "-" }
    let first = readable(age: now - times.lowerBound)
    let last = readable(age: now - times.upperBound)
    return first == last ? "\(last) ago" : "\(first) to \(last) ago"
  }

  /// Prints a line of JSON a group.
  func printJSON(_ console: Console) throws(CommandError) {
    var lines: [UInt8] = []
    for row in rows {
      JSONWriter.append(.object(object(row)), to: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    do { try console.output.write(lines) } catch { throw .output(error) }
  }

  private func object(_ row: Row) -> Object {
    let group = row.group
    let time = { (time: Double?) in time.map { Value.string(Timestamp.text($0)) } ?? .null }
    var object = Object()
    if let chat = row.chat { object["chat"] = .string(chat) }
    object["group"] = .string(group.name)
    guard backend == .core else {
      object["connections"] = .integer(group.channels)
      return object
    }
    object["channels"] = .integer(group.channels)
    object["processes"] = .integer(group.processes)
    object["queued"] = group.queued.map(Value.integer) ?? .null
    object["oldest_age"] = group.oldest.map { .double(age($0, now)) } ?? .null
    object["joined_first"] = time(group.joined?.lowerBound)
    object["joined_last"] = time(group.joined?.upperBound)
    object["tails"] = .integer(group.tails)
    return object
  }
}
