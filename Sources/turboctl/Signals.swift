import Glibc

/// The signals that end a command which has something to leave first.
///
/// Each writes its number into a pipe, so that every wait can watch for it.
enum Signals {
  /// Becomes readable when a signal has come.
  static var descriptor: Int32 { pipe.read }

  /// From here on SIGINT, SIGTERM and SIGHUP are noted and end nothing by themselves.
  static func watch() {
    _ = pipe
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        unsafe write(Signals.pipe.write, &byte, 1)
      }
    }
  }

  /// The code to end with, where a signal has come.
  static func received() -> ExitCode? {
    var byte: UInt8 = 0
    guard unsafe read(pipe.read, &byte, 1) == 1 else { return nil }
    return ExitCode(rawValue: 128 + Int32(byte))
  }

  private static let pipe: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    unsafe Glibc.pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }()
}
