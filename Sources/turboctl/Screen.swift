import Core
import Glibc

/// A terminal that is drawn on in place; as it was when this ends.
struct Screen: ~Copyable {
  private let output: Output
  /// Where keys come from, one by one, and its modes as they were; nil: input is no terminal.
  private let keyboard: (descriptor: Int32, modes: termios)?

  /// Ctrl-Z, which comes as a key, since the terminal has to be left before we stop.
  static let suspend: UInt8 = 0x1A

  /// Nil where output is no terminal.
  init?(_ console: Console) {
    guard console.output.isTerminal else { return nil }
    output = console.output
    var modes = termios()
    if let input = console.input.descriptor, unsafe tcgetattr(input, &modes) == 0 {
      keyboard = (input, modes)
    } else {
      keyboard = nil
    }
    enter()
  }

  deinit {
    leave()
  }

  var size: (columns: Int, rows: Int) { output.size }

  var hasKeys: Bool { keyboard != nil }

  /// Replaces what is shown, in one write and without clearing first, so that nothing flickers.
  func draw(_ lines: [String]) throws(SystemError) {
    let text = lines.prefix(size.rows).joined(separator: "\u{1B}[K\n")
    try output.write("\u{1B}[H\(text)\u{1B}[K\u{1B}[J")
  }

  /// Gives the terminal back to the shell, until it lets us go on.
  func suspend() {
    leave()
    // All of the job, as the terminal itself would.
    kill(0, SIGTSTP)
    enter()
  }

  private func enter() {
    setKeyboard { modes in
      modes.c_lflag &= ~tcflag_t(ICANON | ECHO)
      modes.c_cc.10 = 0  // VSUSP
    }
    // From outside too, no stop or end may leave the terminal as it is now.
    signal(SIGTSTP, SIG_IGN)
    signal(SIGQUIT, SIG_IGN)
    // A handler, so that the wait ends and the new size is drawn to.
    signal(SIGWINCH) { _ in }
    try? output.write("\u{1B}[?1049h\u{1B}[?25l")
  }

  private func leave() {
    try? output.write("\u{1B}[?25h\u{1B}[?1049l")
    setKeyboard { _ in }
    for number in [SIGTSTP, SIGQUIT, SIGWINCH] { signal(number, SIG_DFL) }
  }

  /// Sets the keyboard's modes to those it had, changed.
  private func setKeyboard(_ change: (inout termios) -> Void) {
    guard let keyboard else { return }
    var modes = keyboard.modes
    change(&modes)
    unsafe tcsetattr(keyboard.descriptor, TCSADRAIN, &modes)
  }
}

/// What ended a pause.
enum Wakeup {
  case time, resized, signal
  case key(UInt8)
  case readerGone
}

/// Waits until the deadline, or for what comes first.
///
/// - Parameter isRead: whether keys are waited for.
func pause(_ deadline: Deadline, _ console: Console, isRead: Bool) -> Wakeup {
  let input = isRead ? console.input.descriptor ?? -1 : -1
  // poll(2) passes over descriptors below 0, and shows the end of a reader unasked.
  var polled = [
    pollfd(fd: Signals.descriptor, events: Int16(POLLIN), revents: 0),
    pollfd(fd: console.output.descriptor ?? -1, events: 0, revents: 0),
    pollfd(fd: input, events: Int16(POLLIN), revents: 0),
  ]
  while !deadline.hasPassed {
    let milliseconds = Int32(min(deadline.remaining * 1000, 60_000).rounded(.up))
    let ready = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
    if ready < 0 { return .resized }
    if polled[0].revents != 0 { return .signal }
    if polled[1].revents != 0 { return .readerGone }
    if polled[2].revents != 0 {
      var key: UInt8 = 0
      return unsafe read(input, &key, 1) == 1 ? .key(key) : .readerGone
    }
  }
  return .time
}
