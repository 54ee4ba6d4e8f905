import Core
import Glibc

/// A process of ours: a shell command that is given a text on its standard input, or any other.
struct ChildProcess {
  private let process: pid_t

  /// Starts `/bin/sh -c command`; it shares our output.
  ///
  /// The input is a file without a name: a command that does not read it holds nobody up. All that it
  /// starts is a process group, for `terminate` to end.
  init(_ command: String, input: [UInt8], variable: (name: String, value: String))
    throws(SystemError)
  {
    guard let file = unsafe tmpfile() else { throw .last }
    defer { unsafe fclose(file) }
    let descriptor = unsafe fileno(file)
    try Output(descriptor: descriptor, isTerminal: false).write(input)
    lseek(descriptor, 0, SEEK_SET)
    unsafe setenv(variable.name, variable.value, 1)
    process = try Self.spawn(
      ["/bin/sh", "-c", command], [(descriptor, STDIN_FILENO)], flags: POSIX_SPAWN_SETPGROUP)
  }

  /// Starts a program in another folder, looked for in PATH where its name has no slash.
  ///
  /// - Parameter descriptors: ours, and what they are to the child.
  init(
    _ arguments: [String], in folder: String, descriptors: [(ours: Int32, its: Int32)]
  ) throws(SystemError) {
    // posix_spawn cannot change the folder everywhere; a shell can.
    let change = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder]
    process = try Self.spawn(change + arguments, descriptors)
  }

  /// The status it ended with; at the deadline it is killed.
  func wait(_ deadline: Deadline) throws(SystemError) -> Int32 {
    while !deadline.hasPassed {
      if let status = status() { return status }
      usleep(5000)
    }
    kill(process, SIGKILL)
    _ = waitpid(process, nil, 0)
    throw .timedOut
  }

  /// The status it ended with, 128 and more for a signal; nil while it runs.
  func status() -> Int32? {
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, WNOHANG) == process else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Ends a command of a group of its own, and all that it started.
  func terminate() {
    kill(-process, SIGTERM)
  }

  private static func spawn(
    _ arguments: [String], _ descriptors: [(ours: Int32, its: Int32)], flags: Int32 = 0
  ) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (ours, its) in descriptors {
      unsafe posix_spawn_file_actions_adddup2(&actions, ours, its)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // A closed pipe is an error to us, and the end of any other command.
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe sigaddset(&defaults, SIGXFSZ)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | flags))
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let error = unsafe posix_spawn(
      &process, arguments[0], &actions, &attributes, &words, environ)
    guard error == 0 else { throw SystemError(number: error) }
    return process
  }
}
