/// One host of a layer: connected when it is first needed, and anew after the connection broke.
package final class RedisClient {
  package struct Settings {
    /// Seconds; nil: the host's own, or 5.
    package var connectTimeout: Double?
    /// What interrupts every wait.
    package var watched: [Watched] = []
    /// Seconds for which replies that are under way are waited for all the same: so that `.interrupted` says
    /// that nothing was written, and what is left in doubt is `.timedOut`.
    package var grace = 0.0
    /// Seconds without a byte from the server, or to it, after which it is given up whatever the deadline:
    /// `.timedOut`.
    package var patience = Double.infinity
    /// Seconds without a reply after which sentinels are asked whether the server is the master still: what
    /// one acknowledges that was away meanwhile, its successor may not have.
    package var stall = Double.infinity
    /// Is told each command that goes out, without payloads and secrets.
    package var trace: ((String) -> Void)?
    /// Is told each connection and the seconds it took.
    package var connected: ((RedisAddress, Double) -> Void)?

    package init() {}

    /// Seconds, what was asked for first.
    func connectTimeout(of address: RedisAddress) -> Double {
      connectTimeout ?? address.connectTimeout ?? 5
    }
  }

  package let host: RedisHost
  /// Where the last connection led to; before the first, and while no master is known, whom to ask.
  package private(set) var address: RedisAddress
  private let settings: Settings
  private var masterSearch: MasterSearch?
  private var connection: RedisConnection?

  package init(_ host: RedisHost, _ settings: Settings = Settings()) {
    self.host = host
    self.settings = settings
    switch host {
    case .server(let address): self.address = address
    case .sentinel(let host):
      address = host.sentinels.first ?? host.login
      masterSearch = MasterSearch(host, settings)
    }
  }

  /// Connects and logs in, unless that is done.
  package func connect(_ deadline: Deadline) throws(RedisError) {
    guard connection == nil else { return }
    let start = Deadline.monotonic()
    var opened = try open(deadline)
    opened.grace = settings.grace
    opened.patience = settings.patience
    address = opened.address
    connection = consume opened
    settings.connected?(address, Deadline.monotonic() - start)
  }

  /// Lets go of the connection: the next command makes a new one, and asks the sentinels again.
  package func disconnect() { connection = nil }

  /// Lets go of a connection that the server has ended: a command over it would be lost, or seem so.
  package func disconnectIfClosed() {
    if connection?.isClosed == true { disconnect() }
  }

  /// Sends commands in one write and hands over a reply for each, errors among them as values.
  ///
  /// A connection that failed is closed: replies that come late must not be taken for those of later
  /// commands. One to a server that turned out to be a replica is closed too.
  ///
  /// - Parameter written: is called when all have left and no reply was read yet.
  package func pipeline(
    _ commands: [RedisCommand], deadline: Deadline, written: () -> Void = {},
    received: (Int, Reply) -> Void
  ) throws(RedisError) {
    try connect(deadline)
    var isReplica = false
    // Replies that came after a silence.
    var late: [Reply] = []
    var latest = Deadline.monotonic()
    do {
      try connection?.pipeline(commands, deadline: deadline, written: written) { place, reply in
        if case .error(let error) = reply, error.code == "READONLY" { isReplica = true }
        if masterSearch != nil {
          let now = Deadline.monotonic()
          if !late.isEmpty || now - latest > settings.stall { return late.append(reply) }
          latest = now
        }
        received(place, reply)
      }
      if !late.isEmpty { try checkMaster(deadline) }
    } catch {
      disconnect()
      throw error
    }
    for (number, reply) in late.enumerated() {
      received(commands.count - late.count + number, reply)
    }
    if isReplica { disconnect() }
  }

  /// - Throws: `.lost` where sentinels name another master, or a signal keeps us from asking, since all has been
  ///   written; not where they say nothing.
  private func checkMaster(_ deadline: Deadline) throws(RedisError) {
    let master: RedisAddress?
    do {
      master = try masterSearch?.ask(deadline)
    } catch {
      guard error == .interrupted else { return }
      throw .lost(address, reason: "was silent, and may be no master any more", written: true)
    }
    guard let master, master != address else { return }
    throw .lost(address, reason: "was silent, and \(master) is the master now", written: true)
  }

  /// Sends commands whose replies `receive` hands over: those of a subscriber come when they come.
  package func post(_ commands: [RedisCommand], deadline: Deadline) throws(RedisError) {
    try connect(deadline)
    do {
      try connection?.post(commands, deadline: deadline)
    } catch {
      disconnect()
      throw error
    }
  }

  /// A reply that is there already, or nil: nothing is waited for.
  package func receive() throws(RedisError) -> Reply? {
    do {
      return try connection?.receive()
    } catch {
      disconnect()
      throw error
    }
  }

  /// Becomes readable when there is something for `receive`; nil while there is no connection.
  package var descriptor: Int32? { connection?.descriptor }

  /// Bytes of commands that have left over this connection, as the server counts them (`total_net_input_bytes`).
  var sent: Int { connection?.sent ?? 0 }

  /// Another connection to the same host, once it is needed.
  package func another() -> RedisClient { RedisClient(host, settings) }

  /// What interrupts every wait.
  package var watched: [Watched] { settings.watched }

  private func open(_ deadline: Deadline) throws(RedisError) -> RedisConnection {
    if let connection = try masterSearch?.connect(deadline) { return connection }
    let connectTimeout = settings.connectTimeout(of: address)
    return try RedisConnection.open(
      address, connectTimeout: connectTimeout,
      deadline: .min(deadline, Deadline(seconds: connectTimeout + settings.patience)),
      watched: settings.watched, trace: settings.trace)
  }
}
