import Core

/// A message that not every process took off its queue in time.
struct Untaken {
  /// Who did, and who did not.
  let groups: [GroupName: Acknowledgement]
  let seconds: Double
  /// What kept us from seeing more.
  let fault: ChannelsError?

  /// Nil where all did.
  init?(_ seen: Confirmation, within seconds: Double) {
    groups = seen.groups.filter { !$0.value.missing.isEmpty || !$0.value.dropped.isEmpty }
    if groups.isEmpty { return nil }
    self.seconds = seconds
    fault = seen.fault
  }
}

extension Failure {
  init(_ untaken: Untaken) {
    let groups = untaken.groups.sorted { $0.key.text < $1.key.text }.map { group, seen in
      let full = seen.dropped.isEmpty ? [] : ["full queues: \(Self.named(seen.dropped))"]
      let missing = seen.missing.isEmpty ? [] : [Self.named(seen.missing)]
      return "\(group.text) (\((missing + full).joined(separator: "; ")))"
    }
    let isWaiting = untaken.groups.contains { !$0.value.missing.isEmpty }
    // A fault comes when it comes.
    let time =
      isWaiting && untaken.fault == nil ? " within \(readable(untaken.seconds)) s" : ""
    let cause = untaken.fault.map { "; \(Failure($0, []).line)" } ?? ""
    self.init(
      "sent, but not taken by every process\(time)", groups.joined(separator: ", ") + cause,
      hint: "queue list shows what waits, and groups prune removes processes that are gone", .unmet)
  }

  /// The first few of many.
  static func named(_ processes: [String]) -> String {
    let shown = 10
    let rest = processes.count > shown ? " and \(processes.count - shown) more" : ""
    return processes.prefix(shown).joined(separator: " ") + rest
  }
}
