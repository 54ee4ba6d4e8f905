/// One host of a layer: connected when it is first needed, and anew after the connection broke.
package final class RedisClient {
  package struct Settings {
    /// Seconds; nil: the host's own, or 5.
    package var connectTimeout: Double?
    /// What interrupts every wait.
    package var watched: [Watched] = []
    /// Is told each command that goes out, without payloads and secrets.
    package var trace: ((String) -> Void)?
    /// Is told each connection and the seconds it took.
    package var connected: ((RedisAddress, Double) -> Void)?

    package init() {}
  }

  package let host: RedisHost
  private let settings: Settings
  private var connection: RedisConnection?

  package init(_ host: RedisHost, _ settings: Settings = Settings()) {
    self.host = host
    self.settings = settings
  }

  /// Where the last connection led to; before the first, and for a master that is not known, whom to ask.
  package var address: RedisAddress {
    if let address = connection?.address { return address }
    switch host {
    case .server(let address): return address
    case .sentinel(let host): return host.sentinels.first ?? host.login
    }
  }

  /// Connects and logs in, unless that is done.
  package func connect(_ deadline: Deadline) throws(RedisError) {
    guard connection == nil else { return }
    let start = Deadline.monotonic()
    let address = try resolve(deadline)
    connection = try RedisConnection.open(
      address, connectTimeout: settings.connectTimeout ?? address.connectTimeout ?? 5,
      deadline: deadline, watched: settings.watched, trace: settings.trace)
    settings.connected?(address, Deadline.monotonic() - start)
  }

  /// Sends commands in one write and hands over a reply for each, errors among them as values.
  ///
  /// A connection that failed is closed: replies that come late must not be taken for those of later commands.
  package func pipeline(
    _ commands: [RedisCommand], deadline: Deadline, received: (Int, Reply) -> Void
  ) throws(RedisError) {
    try connect(deadline)
    do {
      try connection?.pipeline(commands, deadline: deadline, received: received)
    } catch {
      connection = nil
      throw error
    }
  }

  /// Sends commands whose replies `receive` hands over: those of a subscriber come when they come.
  package func post(_ commands: [RedisCommand], deadline: Deadline) throws(RedisError) {
    try connect(deadline)
    do {
      try connection?.post(commands, deadline: deadline)
    } catch {
      connection = nil
      throw error
    }
  }

  /// A reply that is there already, or nil: nothing is waited for.
  package func receive() throws(RedisError) -> Reply? {
    do {
      return try connection?.receive()
    } catch {
      connection = nil
      throw error
    }
  }

  /// Becomes readable when there is something for `receive`; nil while there is no connection.
  package var descriptor: Int32? { connection?.descriptor }

  /// Another connection to the same host, once it is needed.
  package func another() -> RedisClient { RedisClient(host, settings) }

  /// What interrupts every wait.
  package var watched: [Watched] { settings.watched }

  private func resolve(_ deadline: Deadline) throws(RedisError) -> RedisAddress {
    switch host {
    case .server(let address): return address
    case .sentinel(let host): throw .connect(host.login, reason: "sentinels are not asked yet")
    }
  }
}
