import Core

/// One line on a terminal's stderr that tells how far a long command is.
final class Progress {
  private let output: Output
  private let start = Deadline.monotonic()
  private var next: Double
  private var isShown = false

  /// Seconds before the first showing, and between two.
  private static let delay = 0.5
  private static let interval = 0.1

  /// Nil where nobody looks.
  init?(_ console: Console, isQuiet: Bool) {
    guard console.errors.isTerminal, !isQuiet else { return nil }
    output = console.errors
    next = start + Self.delay
  }

  /// - Parameter part: how much of the whole is done, where that is known.
  func show(_ count: Int, part: Double?) {
    let now = Deadline.monotonic()
    guard now >= next else { return }
    next = now + Self.interval
    let rate = Double(count) / (now - start)
    var text = "\(count) messages, \(Int(rate)) a second"
    if let part, part > 0 {
      let left = (now - start) / part * (1 - part)
      text += ", \(Int(part * 100)) %, \(readable(age: left)) left"
    }
    try? output.write("\r\u{1B}[K" + text)
    isShown = true
  }

  /// Takes the line off the screen, so that others may write.
  func hide() {
    guard isShown else { return }
    try? output.write("\r\u{1B}[K")
    isShown = false
  }
}
