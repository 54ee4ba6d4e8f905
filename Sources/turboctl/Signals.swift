import Core
import Glibc
import Synchronization

/// The signals that end a command which has something to leave first.
///
/// Each writes its number into a pipe, so that every wait can watch for it. A write that waits for its
/// reader fails with EINTR.
enum Signals {
  /// Becomes readable when a signal has come.
  static var descriptor: Int32 { pipe.read }
  /// Becomes readable when a child has ended.
  static var children: Int32 { childPipe.read }

  /// Seconds after a signal in which what is under way may come to its end.
  static let grace = 2.0

  private static let ending = [SIGINT, SIGTERM, SIGHUP]

  /// From here on SIGINT, SIGTERM and SIGHUP are noted and end nothing by themselves; those that are
  /// ignored, as `nohup` has it, stay so.
  static func watch() {
    _ = (pipe, haveCome)
    for number in ending {
      let before = handle(number, flags: 0) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        Signals.came.store(true, ordering: .relaxed)
        unsafe write(Signals.pipe.write, &byte, 1)
      }
      if isIgnored(before) { signal(number, SIG_IGN) }
    }
  }

  /// From here on they end the process as they always do.
  static func unwatch() {
    for number in ending {
      var action = sigaction()
      unsafe sigaction(number, nil, &action)
      if !isIgnored(action) { signal(number, SIG_DFL) }
    }
  }

  static func watchChildren() {
    _ = childPipe
    _ = handle(SIGCHLD, flags: SA_RESTART) { _ in
      var byte: UInt8 = 0
      unsafe write(Signals.childPipe.write, &byte, 1)
    }
  }

  /// Whether a signal has come that nobody has asked for yet.
  static var isPending: Bool {
    Watched.wait(for: [.readable(descriptor)], seconds: 0) != nil
  }

  /// Whether one has ever come.
  static var haveCome: Bool { came.load(ordering: .relaxed) }

  /// The code to end with, where a signal has come.
  static func received() -> ExitCode? {
    byte(from: pipe.read).flatMap { ExitCode(rawValue: 128 + Int32($0)) }
  }

  /// Forgets the children that have ended so far.
  static func forgetChildren() {
    while byte(from: childPipe.read) != nil {}
  }

  /// - Returns: what was done before.
  private static func handle(
    _ number: Int32, flags: Int32, _ handler: @escaping @convention(c) (Int32) -> Void
  ) -> sigaction {
    var (action, before) = (sigaction(), sigaction())
    unsafe action.__sigaction_handler.sa_handler = handler
    action.sa_flags = flags
    unsafe sigaction(number, &action, &before)
    return before
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func byte(from descriptor: Int32) -> UInt8? {
    var byte: UInt8 = 0
    return unsafe read(descriptor, &byte, 1) == 1 ? byte : nil
  }

  private static let came = Atomic(false)
  private static let pipe = makePipe()
  private static let childPipe = makePipe()

  private static func makePipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    unsafe Glibc.pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }
}
