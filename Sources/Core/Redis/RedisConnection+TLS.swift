extension RedisConnection {
  /// Nil for plain text, and for a socket of this machine.
  static func tlsSettings(_ address: RedisAddress) throws(RedisError) -> TLSSettings? {
    guard let options = address.tls, case .tcp(let host, _) = address.endpoint else { return nil }
    do {
      return try TLSSettings(options, host: host)
    } catch {
      throw .tls(address, error)
    }
  }

  mutating func startTLS(
    _ settings: TLSSettings, _ deadline: Deadline
  ) throws(RedisError) {
    do {
      transport = .tls(try TLSTransport(descriptor, settings))
    } catch {
      throw .tls(address, error)
    }
    while true {
      switch transport.handshake() {
      case .blocked(let event):
        do {
          try wait(for: event, deadline, written: false)
        } catch .timedOut(_, let seconds, _) {
          throw .tls(address, .timedOut(seconds))
        }
      case .refused(let fault): throw .tls(address, fault)
      default: return
      }
    }
  }
}
