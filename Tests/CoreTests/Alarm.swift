import Glibc

@testable import Core

/// Stands for the pipe of the signals: what watches it is interrupted once it rings.
final class Alarm: Sendable {
  private let ends: (read: Int32, write: Int32)

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe")
    self.ends = (ends[0], ends[1])
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  var watched: [Watched] { [.readable(ends.read)] }

  func ring() { write(ends.write, "x", 1) }
}
