/// How the process ends; scripts rely on these.
enum ExitCode: Int32 {
  case done = 0
  /// I/O on this machine, an internal fault.
  case unexpected = 1
  /// A flag, a name, an input.
  case usage = 2
  /// The layer is unreachable or refused, and nothing was delivered.
  case unreachable = 3
  /// The condition asked for was not met.
  case unmet = 4
  /// Some was, or may have been, delivered.
  case uncertain = 5
  case hungUp = 129
  case interrupted = 130
  case terminated = 143
}
