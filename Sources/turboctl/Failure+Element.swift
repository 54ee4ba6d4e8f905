import Core

extension UsageError {
  /// - Parameter dash: `--` where the parts of the element are options, empty where they are keys of a
  ///   line.
  init(_ fault: StreamElement.Fault, dash: String) {
    switch fault {
    case .unknownAction(let name):
      let actions = StreamAction.allCases.map(\.rawValue)
      self = .invalid(
        what: "\(dash)action",
        detail: "'\(name)' is none of Turbo's actions (\(actions.joined(separator: ", ")))",
        hint: Suggestions.nearest(to: name, among: actions).map { "did you mean '\($0)'?" }
          ?? "--custom-action sends it all the same")
    case .emptyAction: self = .invalid(what: "\(dash)action", detail: "is empty")
    case .emptyTarget: self = .invalid(what: "\(dash)target", detail: "is empty")
    case .emptyTargets: self = .invalid(what: "\(dash)targets", detail: "is empty")
    case .twoTargets: self = .conflict("\(dash)target", "\(dash)targets")
    case .noTarget(let action):
      self = .invalid(
        what: "\(dash)action \(action)", detail: "needs \(dash)target ID or \(dash)targets CSS")
    case .content(let action):
      self = .invalid(what: "\(dash)action \(action)", detail: "the element has no content")
    case .attributeName(let name):
      self = .invalid(what: "\(dash)attr", detail: "'\(name)' cannot name an attribute")
    case .attributeTaken(let name):
      self = .invalid(what: "\(dash)attr", detail: "'\(name)' is on the element already")
    }
  }
}
