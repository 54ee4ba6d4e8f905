/// What can go wrong between us and a server.
package enum RedisError: Error, Equatable, Sendable {
  /// No connection: nothing was written.
  case connect(RedisAddress, reason: String)
  /// No TLS: nothing was written.
  case tls(RedisAddress, TLSFault)
  /// The server refused the connection or its login: nothing else was written.
  case refused(RedisAddress, ServerError)
  /// The deadline passed. `written` tells whether any byte of the commands had left.
  case timedOut(RedisAddress, seconds: Double, written: Bool)
  /// The connection broke. `written` as above.
  case lost(RedisAddress, reason: String, written: Bool)
  /// The server ended the connection and had never answered anything. `written` as above.
  case unanswered(RedisAddress, reason: String, written: Bool)
  /// The server sent what is no reply.
  case garbled(RedisAddress, reason: String)
  /// A watched descriptor became ready while waiting: a signal, or a reader that went away.
  case interrupted
}

extension RedisError {
  /// Whether a command may have been carried out although its reply never came.
  package var isAmbiguous: Bool {
    switch self {
    case .connect, .tls, .refused, .interrupted: false
    case .timedOut(_, _, let written), .lost(_, _, let written), .unanswered(_, _, let written):
      written
    case .garbled: true
    }
  }
}

extension RedisError {
  /// The same fault where only the login had been written.
  var beforeAnyCommand: RedisError {
    switch self {
    case .timedOut(let address, let seconds, _):
      .timedOut(address, seconds: seconds, written: false)
    case .lost(let address, let reason, _): .lost(address, reason: reason, written: false)
    case .unanswered(let address, let reason, _):
      .unanswered(address, reason: reason, written: false)
    default: self
    }
  }
}
