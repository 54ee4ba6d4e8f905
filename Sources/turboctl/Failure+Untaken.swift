import Core

/// A message that not every process took off its queue in time.
struct Untaken {
  /// The processes that did not, by their groups.
  let groups: [(name: GroupName, processes: [String])]
  let seconds: Double
  /// What kept us from seeing more.
  let fault: ChannelsError?

  /// Nil where all did.
  init?(_ seen: Confirmation, within seconds: Double) {
    groups = seen.groups.filter { !$0.value.missing.isEmpty }
      .map { ($0.key, $0.value.missing) }.sorted { $0.name.text < $1.name.text }
    if groups.isEmpty { return nil }
    self.seconds = seconds
    fault = seen.fault
  }
}

extension Failure {
  init(_ untaken: Untaken) {
    let groups = untaken.groups.map { "\($0.name.text) (\(Self.named($0.processes)))" }
    let cause = untaken.fault.map { "; \(Failure($0, []).line)" } ?? ""
    self.init(
      "sent, but not taken by every process within \(readable(untaken.seconds)) s",
      groups.joined(separator: ", ") + cause,
      hint: "queue list shows what waits, and groups prune removes processes that are gone", .unmet)
  }

  /// The first few of many.
  static func named(_ processes: [String]) -> String {
    let shown = 10
    let rest = processes.count > shown ? " and \(processes.count - shown) more" : ""
    return processes.prefix(shown).joined(separator: " ") + rest
  }
}
