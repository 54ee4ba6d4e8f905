import Core
import Glibc

/// `--askpass`: a password typed on the terminal, which does not show it.
enum PasswordPrompt {
  /// Asks on the process's own terminal, since standard input may be the content.
  static func ask(_ console: Console) throws(CommandError) -> String {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { throw .usage(fault("there is no terminal to ask on")) }
    defer { close(terminal) }
    var shown = termios()
    guard unsafe tcgetattr(terminal, &shown) == 0 else {
      throw .usage(fault("there is no terminal to ask on"))
    }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    // Ctrl-Z (VSUSP) would leave the shell with a terminal that shows nothing.
    hidden.c_cc.10 = 0
    Signals.watch()
    unsafe tcsetattr(terminal, TCSAFLUSH, &hidden)
    try? console.errors.write("Password: ")
    let line = readLine(terminal)
    unsafe tcsetattr(terminal, TCSAFLUSH, &shown)
    try? console.errors.write("\n")
    Signals.unwatch()
    guard let line else {
      // As it would have ended without us.
      if let code = Signals.received() { raise(code.rawValue - 128) }
      throw .usage(fault("no password was typed"))
    }
    guard let password = String(validating: line, as: UTF8.self), !password.isEmpty else {
      throw .usage(fault("no password was typed"))
    }
    return password
  }

  /// The line without its end; nil where a signal came first.
  private static func readLine(_ terminal: Int32) -> [UInt8]? {
    let ready = Watched.wait(
      for: [.readable(terminal), .readable(Signals.descriptor)], seconds: 600)
    guard ready != nil, !Signals.isPending else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(terminal, buffer.baseAddress, buffer.count)
    }
    guard count > 0 else { return nil }
    return Array(bytes[..<count].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }

  private static func fault(_ detail: String) -> UsageError {
    .invalid(what: GlobalOptions.askpass.spec.long, detail: detail)
  }
}
