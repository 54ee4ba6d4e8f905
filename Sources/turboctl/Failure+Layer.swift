import Core

extension Failure {
  /// What a fault of the layer means where `delivered` had got their message already.
  init(_ error: ChannelsError, _ delivered: [GroupName]) {
    switch error {
    case .unreachable(let fault): self.init(fault, mayBeDelivered: false, delivered)
    case .uncertain(let fault): self.init(fault, mayBeDelivered: true, delivered)
    case .refused(let address, let fault):
      self.init(refusal: fault, by: address, subject: "", delivered)
    case .unexpectedReply(let address):
      self.init("\(address)", "the answer is not that of a Redis", .uncertain)
    case .interrupted: self.init("interrupted", "", .interrupted)
    }
  }

  private init(_ error: RedisError, mayBeDelivered: Bool, _ delivered: [GroupName]) {
    let exit: ExitCode = mayBeDelivered || !delivered.isEmpty ? .uncertain : .unreachable
    var consequence = mayBeDelivered ? "; the message may have been delivered" : ""
    if !delivered.isEmpty {
      consequence += "; delivered to \(delivered.map(\.text).joined(separator: ", "))"
    }
    switch error {
    case .connect(let address, let reason):
      self.init(
        "cannot connect to \(address)", reason + consequence, hint: Self.hint(address), exit)
    case .refused(let address, let fault):
      self.init(refusal: fault, by: address, subject: "", delivered)
    case .timedOut(let address, let seconds, _):
      self.init("\(address)", "no answer within \(readable(seconds)) s" + consequence, exit)
    case .lost(let address, let reason, _):
      self.init("\(address)", reason + consequence, exit)
    case .garbled(let address, let reason):
      self.init("\(address)", "not the answer of a Redis (\(reason))" + consequence, exit)
    case .interrupted: self.init("interrupted", "", .interrupted)
    }
  }

  /// - Parameter subject: what of ours was refused, with its colon.
  init(
    refusal error: ServerError, by address: RedisAddress, subject: String, _ delivered: [GroupName]
  ) {
    let rest =
      delivered.isEmpty ? "" : "; delivered to \(delivered.map(\.text).joined(separator: ", "))"
    self.init(
      "\(subject)\(address) refused", "\(error)\(rest)", hint: Self.hint(error),
      delivered.isEmpty ? .unreachable : .uncertain)
  }

  private static func hint(_ address: RedisAddress) -> String {
    switch address.endpoint {
    case .tcp: "is Redis running there? --redis URL names another"
    case .unix: "is that the unixsocket of a running Redis, and may you write to it?"
    }
  }

  private static func hint(_ error: ServerError) -> String? {
    switch error.code {
    case "NOAUTH": "set TURBOCTL_REDIS_PASSWORD, or put the password into the URL"
    case "WRONGPASS": "the user or the password is wrong"
    case "NOPERM":
      "the user needs eval, evalsha and the layer's keys: +@scripting +@sortedset ~PREFIX*"
    case "READONLY": "this server is a replica: --redis must name its master"
    case "OOM": "the server is out of memory: raise maxmemory, or look at what fills it"
    case "MISCONF": "the server cannot save to its disk and takes no writes until it can"
    case "LOADING", "BUSY", "MASTERDOWN": "the server is busy with itself; try again"
    case "NOREPLICAS": "the server wants more replicas than it has (min-replicas-to-write)"
    case "WRONGTYPE": "a key with the layer's name holds something else: is --prefix right?"
    case "CLUSTERDOWN", "CROSSSLOT", "MOVED": "the core layer does not run on a Redis Cluster"
    case "ERR" where error.text.hasPrefix("AUTH "): "this server has no password"
    case "ERR" where error.text.hasPrefix("DB index"): "the server has fewer databases"
    default: nil
    }
  }
}
