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
  /// A message that the layer has no form for: nothing was written.
  case unsendable(Message.Fault)
  /// More than the server takes, or hands on to a subscriber: nothing was written.
  case tooLarge(RedisAddress, group: GroupName, bytes: Int, limit: Int)
  /// A signal came, or the reader of our output went away; with `RedisClient.Settings.grace`, before the write.
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
      .unreachable(.garbled(address, reason: "not what the command gives", written: true))
    default: self
    }
  }

  /// The same fault where it leaves a message in doubt.
  var withDoubt: ChannelsError {
    switch self {
    case .unreachable(let error): .uncertain(error)
    case .refused(let address, let error):
      .uncertain(.lost(address, reason: "\(error)", written: true))
    case .interrupted: .uncertain(.interrupted)
    default: self
    }
  }

  /// Whether something watched ended it, before the write or in the midst of it.
  package var isInterruption: Bool { self == .interrupted || self == .uncertain(.interrupted) }

  /// Whether the server answered, and said no.
  var isRefusal: Bool {
    if case .refused = self { true } else { false }
  }

  /// Whether what was not answered for may have been carried out.
  package var isUncertain: Bool {
    switch self {
    case .uncertain, .interrupted, .unexpectedReply: true
    case .unreachable, .refused, .encryption, .unsendable, .tooLarge: false
    }
  }

  /// Whether it may pass if one waits: a server that restarts, or hands over to its replica.
  package var mayPass: Bool {
    switch self {
    case .unreachable(let error), .uncertain(let error): error.mayPass
    case .refused(_, let error): error.mayPass
    case .unexpectedReply, .encryption, .unsendable, .tooLarge, .interrupted: false
    }
  }
}
