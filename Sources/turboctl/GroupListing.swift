import Core

/// What `chats list` and `groups list` do: look once, or again and again.
struct GroupListing {
  private let global: GlobalOptions
  /// The names of the groups.
  private let glob: String
  /// Where only chats are listed.
  private let chats: ChatPattern?
  private let limit: Int
  private let order: GroupList.Order
  private let watch: Double?

  init(
    _ arguments: ParsedArguments, _ global: GlobalOptions, glob: String, chats: ChatPattern? = nil,
    order: String?
  ) throws(UsageError) {
    self.global = global
    self.glob = glob
    self.chats = chats
    self.order = order.flatMap(GroupList.Order.init) ?? .group
    if !self.order.isKnown(to: global.layer.backend) {
      throw .invalid(
        what: "--sort \(self.order)", detail: "the pub/sub layer knows connections alone")
    }
    limit = try arguments[Self.limit] ?? .max
    watch = try arguments[Self.watch]
    if let watch, watch < Self.shortestWatch {
      throw .invalid(
        what: Self.watch.spec.long, detail: "at least \(readable(Self.shortestWatch)) s")
    }
  }

  func run(_ console: Console) throws(CommandError) -> ExitCode {
    let hosts = try global.hosts(console)
    guard let watch else {
      let deadline = Deadline(seconds: global.timeout ?? Self.patience)
      let layer = global.openLayer(hosts, console)
      let (list, missing) = try look(layer, deadline)
      try show(list, without: missing, console)
      try requireAll(missing)
      return .done
    }
    let end = Deadline(seconds: global.timeout)
    Signals.watch()
    do {
      let layer = global.openLayer(hosts, console, watched: [.readable(Signals.descriptor)])
      return try follow(layer, every: watch, until: end, console)
    } catch {
      switch error {
      case .layer(.interrupted, _), .output(.interrupted): return Signals.received() ?? .done
      case .layer where end.hasPassed: return .done
      default: throw error
      }
    }
  }

  /// Seconds that one look may take.
  private static let patience = 30.0
  private static let shortestWatch = 0.1

  private func step(_ end: Deadline) -> Deadline { .min(end, Deadline(seconds: Self.patience)) }

  private func look(
    _ layer: any ChannelLayer, _ deadline: Deadline
  ) throws(CommandError) -> (list: GroupList, missing: [ChannelsError]) {
    let (groups, now, missing) = try asking { () throws(ChannelsError) in
      try layer.groups(matching: glob, deadline: deadline)
    }
    return (GroupList(groups, now: now, chats: chats, backend: global.layer.backend), missing)
  }

  private func show(
    _ list: GroupList, without missing: [ChannelsError], _ console: Console
  ) throws(CommandError) {
    guard !global.isQuiet else { return }
    let shown = list.sorted(by: order).prefix(limit)
    if global.isJSON { return try shown.printJSON(console) }
    guard shown.count > 0 else { return try console.print(nobody(missing)) }
    try console.print(shown.table)
  }

  private func nobody(_ missing: [ChannelsError]) -> String {
    nothing("nobody listens", without: missing)
  }
}

extension GroupListing {
  /// The same for a watch, which a fault that may pass does not end once it has begun.
  ///
  /// - Returns: no list where nothing could be looked at.
  private func look(
    _ layer: any ChannelLayer, _ deadline: Deadline, mayFail: Bool
  ) throws(CommandError) -> (list: GroupList?, missing: [ChannelsError]) {
    do throws(CommandError) {
      let (list, missing) = try look(layer, deadline)
      return (list, missing)
    } catch {
      guard mayFail, case .layer(let fault, _) = error, fault.mayPass else { throw error }
      return (nil, [fault])
    }
  }

  private func text(_ fault: ChannelsError) -> String {
    "not looked at: \(Failure(fault, []).line); trying again"
  }

  /// Looks again and again, until the end, a signal or the end of our reader.
  private func follow(
    _ layer: any ChannelLayer, every seconds: Double, until end: Deadline, _ console: Console
  ) throws(CommandError) -> ExitCode {
    if !global.isJSON, !global.isQuiet, let screen = Screen(console) {
      return try follow(layer, every: seconds, until: end, console, on: screen)
    }
    var known: [ChannelsError] = []
    var hasBegun = false
    while !end.hasPassed {
      let (list, missing) = try look(layer, step(end), mayFail: hasBegun)
      hasBegun = true
      if let list { try show(list, without: missing, console) }
      for fault in missing where !known.contains(fault) {
        console.note("warning: \(text(fault))")
      }
      known = missing
      switch pause(.min(Deadline(seconds: seconds), end), console, isRead: false) {
      case .signal: return Signals.received() ?? .done
      case .readerGone: return .done
      case .time, .resized, .key: continue
      }
    }
    return .done
  }

  /// The same drawn in place; a key sorts what is shown at once.
  private func follow(
    _ layer: any ChannelLayer, every seconds: Double, until end: Deadline, _ console: Console,
    on screen: borrowing Screen
  ) throws(CommandError) -> ExitCode {
    var order = order
    var last: GroupList?
    while !end.hasPassed {
      let (found, missing) = try look(layer, step(end), mayFail: last != nil)
      guard let list = found ?? last else { break }
      last = list
      let next = Deadline.min(Deadline(seconds: seconds), end)
      while !next.hasPassed {
        try draw(list, without: missing, by: order, every: seconds, on: screen)
        switch pause(next, console, isRead: screen.hasKeys) {
        case .signal: return Signals.received() ?? .done
        case .readerGone, .key(UInt8(ascii: "q")): return .done
        case .key(Screen.suspend): screen.suspend()
        case .key(let key): order = orders.first { $0.key == key }?.order ?? order
        case .time, .resized: break
        }
      }
    }
    return .done
  }

  private func draw(
    _ list: GroupList, without missing: [ChannelsError], by order: GroupList.Order,
    every seconds: Double, on screen: borrowing Screen
  ) throws(CommandError) {
    let size = screen.size
    let faults = missing.map { TerminalText.line(text($0)) }
    let heading = 2 + faults.count
    let shown = list.sorted(by: order).prefix(min(limit, max(1, size.rows - heading - 1)))
    let count = shown.count < list.count ? "\(shown.count) of \(list.count)" : "\(list.count)"
    let status = "\(count), by \(order), every \(readable(seconds))s"
    let keys = [
      "[q]uit, sort by " + orders.map(\.label).joined(separator: " "),
      "[q]uit, sort: " + orders.map { String(UnicodeScalar($0.key)) }.joined(separator: " "),
    ]
    let help = keys.first { $0.count <= size.columns } ?? ""
    let table = list.count > 0 ? shown.table.lines(width: size.columns) : [nobody(missing)]
    do {
      try screen.draw(([status, help] + faults).map { $0.cut(to: size.columns) } + table)
    } catch {
      throw .output(error)
    }
  }

  private static let orders: [(key: UInt8, order: GroupList.Order, label: String)] = [
    (UInt8(ascii: "n"), .group, "[n]ame"), (UInt8(ascii: "c"), .channels, "[c]hannels"),
    (UInt8(ascii: "p"), .processes, "[p]rocesses"), (UInt8(ascii: "u"), .queued, "q[u]eued"),
    (UInt8(ascii: "o"), .oldest, "[o]ldest"), (UInt8(ascii: "j"), .joined, "[j]oined"),
  ]

  private var orders: [(key: UInt8, order: GroupList.Order, label: String)] {
    Self.orders.filter { $0.order.isKnown(to: global.layer.backend) }
  }

  static func sort(_ orders: [GroupList.Order]) -> Option<String> {
    .choice(
      "sort", of: orders.map(\.rawValue), placeholder: "COLUMN",
      defaultValue: orders.first?.rawValue, summary: "The column to sort by",
      details:
        "Names in their order, numbers from the greatest, the longest waiting and the last to join first."
    )
  }
  private static let limit = Option.integer(
    "limit", in: 1...Int.max, summary: "Show N rows at most")
  private static let watch = Option.seconds(
    "watch", summary: "Look again every S seconds, until q or a signal",
    details: """
      On a terminal it redraws in place, and the keys n c p u o j sort by name, channels, processes, queued, \
      oldest and joined. A server that is lost is looked for again, and what was seen last stays meanwhile.
      """)
  static let specs = [limit.spec, watch.spec]
}
