import Core
import Glibc

/// The world around a command, as values: a test hands in another one.
struct Console {
  let environment: (String) -> String?
  let input: Input
  let output: Output
  let errors: Output

  /// Lets the outputs colour what they show, as `--color` or else the environment has it.
  func chooseColors(_ arguments: [String]) {
    let choice = GlobalOptions.colorChoice(arguments) ?? ColorChoice(environment: environment)
    for output in [output, errors] {
      output.style = choice.style(isTerminal: output.isTerminal)
    }
  }

  /// The process's own.
  static func standard() -> Console {
    Console(
      environment: { name in unsafe getenv(name).map { unsafe String(cString: $0) } },
      input: Input(descriptor: STDIN_FILENO),
      output: Output(descriptor: STDOUT_FILENO),
      errors: Output(descriptor: STDERR_FILENO))
  }
}

/// A system call that failed.
struct SystemError: Error, Equatable {
  let number: Int32

  static let interrupted = SystemError(number: EINTR)
  static let timedOut = SystemError(number: ETIMEDOUT)
  static let tooLarge = SystemError(number: EFBIG)

  var isClosedPipe: Bool { number == EPIPE }

  /// A watched signal came while writing; see `Signals`.
  var isInterruption: Bool { self == .interrupted }

  static var last: SystemError { SystemError(number: errno) }

  var text: String { self == .timedOut ? "did not end in time" : systemError(number) }
}

/// A stream of text out of the process: a descriptor, or memory in tests.
final class Output {
  let descriptor: Int32?
  let isTerminal: Bool
  var style = Style(isColored: false)
  /// What was written, where there is no descriptor.
  private(set) var written: [UInt8] = []

  init(descriptor: Int32?, isTerminal: Bool? = nil) {
    self.descriptor = descriptor
    self.isTerminal = isTerminal ?? (descriptor.map { isatty($0) == 1 } ?? false)
  }

  /// Columns of the terminal; 80 where there is none.
  var width: Int { size.columns }

  /// Columns and rows of the terminal; 80 and 24 where there is none.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard let descriptor, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return (80, 24) }
    return (Int(size.ws_col), max(Int(size.ws_row), 2))
  }

  /// What a pipe that is ready takes without a wait (`pipe(7)`).
  private static let readySize = Int(PIPE_BUF)
  /// Seconds for a reader after a signal: what is said then must not hold up the end.
  private static let lastWords = 0.5

  func write(_ text: String) throws(SystemError) {
    try write(Array(text.utf8))
  }

  /// - Throws: `timedOut` where the reader has not read all of it by the deadline; `interrupted` where a
  ///   signal comes while it does not read.
  func write(
    _ bytes: [UInt8], _ deadline: Deadline = Deadline(seconds: nil)
  ) throws(SystemError) {
    guard let descriptor else {
      written += bytes
      return
    }
    let deadline =
      Signals.haveCome ? .min(deadline, Deadline(seconds: Self.lastWords)) : deadline
    // A wait inside of write(2) knows no deadline.
    let isTimed = deadline.seconds != nil
    let step = isTimed ? Self.readySize : bytes.count
    var start = 0
    while start < bytes.count {
      if isTimed { try waitForReader(descriptor, deadline) }
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: start), min(step, buffer.count - start))
      }
      if count >= 0 {
        start += count
        // A signal that comes while a write waits for its reader ends it early.
        if !isTimed, start < bytes.count, Signals.isPending { throw .interrupted }
      } else if errno == EAGAIN {
        try waitForReader(descriptor, deadline)
      } else {
        // EINTR among them: whoever watches signals has to end, also where the reader does not read.
        throw .last
      }
    }
  }

  private func waitForReader(_ descriptor: Int32, _ deadline: Deadline) throws(SystemError) {
    var polled = [
      pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: Signals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let milliseconds = Int32(max(0, min(deadline.remaining * 1000, 60_000)).rounded(.up))
      unsafe poll(&polled, nfds_t(polled.count), milliseconds)
      if polled[0].revents != 0 { return }
      if polled[1].revents != 0 { throw .interrupted }
      if deadline.hasPassed { throw .timedOut }
    }
  }
}

/// What comes into the process: a descriptor, or memory in tests.
final class Input {
  let isTerminal: Bool
  let descriptor: Int32?
  let bytes: [UInt8]

  init(descriptor: Int32) {
    self.descriptor = descriptor
    bytes = []
    isTerminal = isatty(descriptor) == 1
  }

  init(bytes: [UInt8], isTerminal: Bool = false) {
    descriptor = nil
    self.bytes = bytes
    self.isTerminal = isTerminal
  }

  /// Everything up to the end, waiting no longer than the deadline.
  ///
  /// - Throws: `tooLarge` as soon as more than `limit` bytes have come.
  func readAll(_ deadline: Deadline, limit: Int) throws(SystemError) -> [UInt8] {
    guard let descriptor else {
      if bytes.count > limit { throw .tooLarge }
      return bytes
    }
    return try Self.readAll(descriptor, deadline, limit)
  }

  /// What a person answers: a line of a terminal, or everything in tests.
  func readAnswer() -> String {
    guard let descriptor else { return String(decoding: bytes, as: UTF8.self) }
    var line = [UInt8](repeating: 0, count: 256)
    let count = unsafe line.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    return String(decoding: line[..<max(0, count)], as: UTF8.self)
  }

  /// The same of a file, a pipe with a name, or a device that ends.
  static func readFile(
    _ path: String, _ deadline: Deadline, limit: Int
  ) throws(SystemError) -> [UInt8] {
    // Opened so, a pipe that nobody writes to is waited for below, where the deadline counts.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    return try readAll(descriptor, deadline, limit)
  }

  private static func readAll(
    _ descriptor: Int32, _ deadline: Deadline, _ limit: Int
  ) throws(SystemError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      try wait(for: descriptor, deadline)
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return content }
      if count < 0, errno != EINTR, errno != EAGAIN { throw .last }
      content += chunk[..<max(0, count)]
      if content.count > limit { throw .tooLarge }
    }
  }

  private static func wait(for descriptor: Int32, _ deadline: Deadline) throws(SystemError) {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let remaining = deadline.remaining
      guard remaining > 0 else { throw .timedOut }
      let milliseconds = Int32(min(remaining * 1000, 60_000).rounded(.up))
      if unsafe poll(&polled, 1, milliseconds) > 0 { return }
    }
  }
}
