extension StreamElement {
  /// Why an element would do nothing on a page, or something else than was meant.
  package enum Fault: Error, Equatable, Sendable {
    /// Not one of Turbo's, and no custom one was asked for.
    case unknownAction(String)
    case emptyAction
    case emptyTarget
    case emptyTargets
    /// `target` and `targets` at once.
    case twoTargets
    /// The action means nothing without an element of the page.
    case noTarget(action: String)
    /// The action takes no content, and there is one.
    case content(action: String)
    case attributeName(String)
    case attributeTaken(String)
  }

  /// An element that Turbo understands, without its content.
  ///
  /// - Parameter isCustom: another action than Turbo's own is meant.
  package init(
    action: String, isCustom: Bool, target: String?, targets: String?,
    attributes: [(name: String, value: String)]
  ) throws(Fault) {
    let known = StreamAction(rawValue: action)
    guard known != nil || isCustom else { throw .unknownAction(action) }
    guard !action.isEmpty else { throw .emptyAction }
    guard target != "" else { throw .emptyTarget }
    guard targets != "" else { throw .emptyTargets }
    guard target == nil || targets == nil else { throw .twoTargets }
    guard target != nil || targets != nil || known?.needsTarget != true else {
      throw .noTarget(action: action)
    }
    if !attributes.isEmpty { try Self.check(attributes) }
    self.init(
      action: action, target: target.map(Target.id) ?? targets.map(Target.selector),
      attributes: attributes)
  }

  private static func check(_ attributes: [(name: String, value: String)]) throws(Fault) {
    var taken: Set = ["action", "target", "targets"]
    for (name, _) in attributes {
      guard name.isAttributeName else { throw .attributeName(name) }
      guard taken.insert(name.lowercased()).inserted else { throw .attributeTaken(name) }
    }
  }

  /// Whether the element has a place for a content; a custom one has.
  package var takesContent: Bool { StreamAction(rawValue: action)?.hasContent ?? true }
}

extension String {
  /// Whether HTML reads it as one attribute's name (13.1.2.3).
  fileprivate var isAttributeName: Bool {
    !isEmpty
      && unicodeScalars.allSatisfy { scalar in
        scalar.value > 0x20 && !(0x7F...0x9F).contains(scalar.value)
          && !["\"", "'", ">", "/", "=", "<"].contains(scalar)
      }
  }
}
