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
  /// No connection to a master that sentinels should know: nothing was written.
  case noMaster(SentinelHost, MasterFault)
  /// The server sent what is no reply. `written` as above.
  case garbled(RedisAddress, reason: String, written: Bool)
  /// A watched descriptor became ready while waiting: a signal, or a reader that went away.
  case interrupted
}

extension RedisError {
  /// Whether a command may have been carried out although its reply never came.
  package var isAmbiguous: Bool {
    switch self {
    case .connect, .tls, .refused, .noMaster, .interrupted: false
    case .timedOut(_, _, let written), .lost(_, _, let written), .unanswered(_, _, let written),
      .garbled(_, _, let written):
      written
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
    case .garbled(let address, let reason, _): .garbled(address, reason: reason, written: false)
    default: self
    }
  }
}

extension RedisError {
  /// Whether it may pass if one waits: a server that restarts, or hands over to its replica.
  package var mayPass: Bool {
    switch self {
    case .connect, .timedOut, .lost, .unanswered: true
    case .noMaster(_, .silence), .noMaster(_, .replica): true
    case .tls(_, let fault): fault.mayPass
    case .refused(_, let error): error.mayPass
    case .noMaster(_, .unknown), .garbled, .interrupted: false
    }
  }
}

/// Why sentinels led to no master.
package enum MasterFault: Equatable, Sendable {
  /// None of them answered; for each the reason.
  case silence([RedisError])
  /// None of them has heard of it, but of others.
  case unknown(others: [String])
  /// The server that they name is a replica.
  case replica(RedisAddress)
}

extension TLSFault {
  /// Of a server that is restarting.
  fileprivate var mayPass: Bool {
    switch self {
    case .ended, .timedOut: true
    default: false
    }
  }
}

extension ServerError {
  /// Whether it may pass if one waits.
  package var mayPass: Bool {
    switch code {
    case "LOADING", "BUSY", "MASTERDOWN", "READONLY", "NOREPLICAS", "OOM", "MISCONF", "UNBLOCKED":
      true
    // What a server says that has no room for another client.
    default: text.hasPrefix("max number of clients")
    }
  }

  /// Whether a server says so that is not the master any more, or not yet: it wrote nothing.
  package var isBetweenMasters: Bool {
    ["READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS"].contains(code)
  }
}
