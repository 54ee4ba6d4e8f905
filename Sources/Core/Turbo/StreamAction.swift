/// The stream actions that Turbo itself ships (`turbo/src/core/streams/stream_actions.js`).
package enum StreamAction: String, CaseIterable, Sendable {
  case append, prepend, replace, update, remove, before, after, refresh

  /// Whether the element carries a `<template>`; `remove` and `refresh` do not.
  package var hasContent: Bool { self != .remove && self != .refresh }

  /// Whether the action means nothing without an element of the page to act on.
  package var needsTarget: Bool { self != .refresh }
}
