/// What can go wrong in a layer, told by what it means for delivery.
package enum ChannelsError: Error, Equatable, Sendable {
  /// The server could not be reached, or closed the door: nothing was written.
  case unreachable(RedisError)
  /// The server answered with an error: nothing was written.
  case refused(RedisAddress, ServerError)
  /// The command left and no reply came: it may have been carried out.
  case uncertain(RedisError)
  /// The server answered what the command does not give.
  case unexpectedReply(RedisAddress)
  /// The layer's keys cannot be used: nothing was written.
  case encryption(FernetError)
  /// A signal came, or the reader of our output went away.
  case interrupted

  init(_ error: RedisError) {
    switch error {
    case .interrupted: self = .interrupted
    default: self = error.isAmbiguous ? .uncertain(error) : .unreachable(error)
    }
  }
}

extension ChannelsError {
  /// The same fault where the command would have written nothing of the user's anyway.
  package var withNothingSent: ChannelsError {
    switch self {
    case .uncertain(let error): .unreachable(error)
    case .unexpectedReply(let address):
      .unreachable(.garbled(address, reason: "not what the command gives"))
    default: self
    }
  }

  package var isUncertain: Bool { self != withNothingSent }

  /// Whether the server answered, and said no.
  var isRefusal: Bool {
    if case .refused = self { true } else { false }
  }

  /// Whether it may pass if one waits: a server that restarts, or hands over to its replica.
  package var mayPass: Bool {
    switch self {
    case .unreachable(let error), .uncertain(let error): error.mayPass
    case .refused(_, let error): error.mayPass
    case .unexpectedReply, .encryption, .interrupted: false
    }
  }
}

extension RedisError {
  fileprivate var mayPass: Bool {
    switch self {
    case .connect, .timedOut, .lost, .unanswered: true
    case .tls(_, let fault): fault.mayPass
    case .refused(_, let error): error.mayPass
    case .garbled, .interrupted: false
    }
  }
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
  fileprivate var mayPass: Bool {
    switch code {
    case "LOADING", "BUSY", "MASTERDOWN", "READONLY", "NOREPLICAS", "OOM", "MISCONF", "UNBLOCKED":
      true
    // What a server says that has no room for another client.
    default: text.hasPrefix("max number of clients")
    }
  }
}
