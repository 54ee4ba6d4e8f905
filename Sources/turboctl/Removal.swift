import Core

/// How a command removes something: it shows its plan, and acts on a yes.
struct Removal {
  private let global: GlobalOptions
  /// Whether the yes was given before, with `--yes`.
  private let isConfirmed: Bool

  /// What would go.
  struct Plan {
    let isEmpty: Bool
    /// For people: what would go, in a sentence, and one by one where that helps.
    let summary: String
    var table: TextTable?
    /// For machines; the argument is whether it has gone.
    let objects: (Bool) -> [Object]
  }

  init(_ arguments: ParsedArguments, _ global: GlobalOptions) {
    self.global = global
    isConfirmed = arguments.contains(Self.yes)
  }

  /// Shows the plan and, on a yes, removes it.
  ///
  /// - Parameters:
  ///   - missing: why hosts are missing in the plan.
  ///   - remove: runs over a connection of its own, since an answer takes its time; tells of what went
  ///     with each step.
  func run(
    _ plan: Plan, missing: [ChannelsError] = [], _ console: Console,
    remove: (CoreLayer, Deadline, (Int) -> Void) throws(ChannelsError) -> Void
  ) throws(CommandError) -> ExitCode {
    try show(plan, console)
    if plan.isEmpty { try requireAll(missing) }
    for fault in missing { console.note("warning: not looked at: \(Failure(fault, []).line)") }
    if plan.isEmpty { return .done }
    guard try isGranted(console) else {
      try console.print("nothing was removed")
      return .done
    }
    let deadline = Deadline(seconds: global.timeout ?? 30)
    let layer = global.open(try global.hosts(console), console)
    var count = 0
    do {
      try remove(layer, deadline) { count += $0 }
    } catch {
      throw .removal(error, removed: count)
    }
    if global.isJSON, !global.isQuiet {
      for object in plan.objects(true) { try console.print(object) }
    } else if !global.isQuiet {
      try console.print("\(count) removed")
    }
    try requireAll(missing)
    return .done
  }

  private func show(_ plan: Plan, _ console: Console) throws(CommandError) {
    guard !global.isQuiet else { return }
    if !global.isJSON {
      try console.print(TerminalText.line(plan.summary))
      if let table = plan.table { try console.print(table) }
    } else if plan.isEmpty || !isConfirmed {
      for object in plan.objects(false) { try console.print(object) }
    }
  }

  private func isGranted(_ console: Console) throws(CommandError) -> Bool {
    if isConfirmed { return true }
    // Nobody can say yes to a plan that was not shown.
    guard console.input.isTerminal, !global.isJSON, !global.isQuiet else { throw .unconfirmed }
    try? console.errors.write("Remove it? [y/N] ")
    let answer = console.input.readAnswer().lowercased()
    // Ctrl-D ends no line.
    if answer.isEmpty { try? console.errors.write("\n") }
    return answer == "y\n" || answer == "yes\n"
  }

  static let yes = Switch(
    "yes", short: "y", summary: "Remove without asking",
    details: "Without it, and with nobody at a terminal to ask, nothing is removed: exit 2.")
}
