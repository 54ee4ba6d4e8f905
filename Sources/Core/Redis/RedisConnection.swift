private import CHiredis
import Glibc

/// A connection to one server: commands out, replies in, nothing beyond a deadline.
///
/// The only file that knows the C library: hiredis connects and parses, replies are copied out as
/// values. Waiting is done here with `poll(2)`, because a read timeout inside hiredis would end the
/// connection and could not be woken.
@safe package struct RedisConnection: ~Copyable {
  package let address: RedisAddress
  private let context: UnsafeMutablePointer<redisContext>
  /// Becomes readable when there is something for `receive`.
  package let descriptor: Int32
  private var transport: Transport
  /// Whether the server has ever said anything.
  private var hasAnswered = false
  /// Seconds for replies that are under way when something watched becomes ready; nothing more leaves then.
  var grace = 0.0
  /// Seconds without a byte after which the server is given up.
  var patience = Double.infinity
  /// Bytes of commands that have left, before encryption.
  private(set) var sent = 0
  let watched: [Watched]
  private let trace: ((String) -> Void)?
  /// Small, since each of its pages costs a start a fault.
  private var chunk = [UInt8](repeating: 0, count: 1 << 14)

  /// Connects and logs in.
  ///
  /// - Parameters:
  ///   - connectTimeout: seconds; hiredis grants them to each address that a host's name has, and so
  ///     does TLS for its handshake.
  ///   - watched: descriptors whose readiness, or whose reader's end, interrupts every wait.
  ///   - trace: is told each command that goes out, without payloads and secrets.
  /// - Throws: `.connect`, `.tls`, `.refused`, `.timedOut`, `.lost`: nothing of the caller's was written.
  package static func open(
    _ address: RedisAddress, connectTimeout: Double, deadline: Deadline, watched: [Watched] = [],
    trace: ((String) -> Void)? = nil
  ) throws(RedisError) -> RedisConnection {
    // What is wrong with the settings is known before a server hears of us.
    let settings = try tlsSettings(address)
    let context = unsafe try connect(
      to: address, within: max(0.001, min(connectTimeout, deadline.remaining)))
    var connection = unsafe RedisConnection(
      context: context, address: address, watched: watched, trace: trace)
    if let settings {
      let handshake = Deadline.min(deadline, Deadline(seconds: connectTimeout))
      try connection.startTLS(settings, handshake)
    }
    try connection.logIn(deadline)
    return connection
  }

  private init(
    context: UnsafeMutablePointer<redisContext>, address: RedisAddress, watched: [Watched],
    trace: ((String) -> Void)?
  ) {
    unsafe self.context = context
    descriptor = unsafe context.pointee.fd
    transport = .plain(descriptor)
    self.address = address
    self.watched = watched
    self.trace = trace
  }

  deinit {
    transport.close()
    unsafe redisFree(context)
  }

  /// Sends commands in one write and returns a reply for each, errors among them as values.
  ///
  /// - Parameters:
  ///   - written: is called when all have left and no reply was read yet.
  ///   - received: is called with each reply's place as it comes.
  package mutating func pipeline(
    _ commands: [RedisCommand], deadline: Deadline, written: () -> Void = {},
    received: (Int, Reply) -> Void
  ) throws(RedisError) {
    try post(commands, deadline: deadline)
    written()
    for place in commands.indices { received(place, try read(deadline)) }
  }

  /// Sends commands in one write; their replies are for `receive`.
  package mutating func post(_ commands: [RedisCommand], deadline: Deadline) throws(RedisError) {
    guard !deadline.hasPassed else {
      throw .timedOut(address, seconds: deadline.seconds ?? 0, written: false)
    }
    if grace > 0, Watched.wait(for: watched, seconds: 0) != nil { throw .interrupted }
    var request: [UInt8] = []
    request.reserveCapacity(commands.reduce(0) { $0 + $1.size })
    for command in commands {
      trace?(command.description)
      command.append(to: &request)
    }
    try write(request, deadline)
    sent += request.count
  }

  /// Sends one command and returns its reply, an error reply as a value.
  package mutating func call(
    _ command: RedisCommand, deadline: Deadline
  ) throws(RedisError) -> Reply {
    var reply = Reply.null
    try pipeline([command], deadline: deadline) { reply = $1 }
    return reply
  }
}

extension RedisConnection {
  private static func connect(
    to address: RedisAddress, within seconds: Double
  ) throws(RedisError) -> UnsafeMutablePointer<redisContext> {
    let whole = seconds.rounded(.down)
    let timeout = timeval(tv_sec: Int(whole), tv_usec: Int((seconds - whole) * 1e6))
    let opened =
      switch address.endpoint {
      case .tcp(let host, let port): unsafe redisConnectWithTimeout(host, Int32(port), timeout)
      case .unix(let path): unsafe redisConnectUnixWithTimeout(path, timeout)
      }
    guard let context = unsafe opened else { throw .connect(address, reason: "out of memory") }
    guard unsafe context.pointee.err == 0 else {
      defer { unsafe redisFree(context) }
      let reason = unsafe String(cString: turboctl_context_error(context))
      throw .connect(address, reason: readable(reason, after: seconds))
    }
    // hiredis leaves the socket blocking; a full send buffer must not outlast the deadline.
    guard unsafe fcntl(context.pointee.fd, F_SETFL, O_NONBLOCK) == 0 else {
      defer { unsafe redisFree(context) }
      throw .connect(address, reason: systemError())
    }
    return unsafe context
  }

  /// Nil for plain text, and for a socket of this machine.
  private static func tlsSettings(_ address: RedisAddress) throws(RedisError) -> TLSSettings? {
    guard let options = address.tls, case .tcp(let host, _) = address.endpoint else { return nil }
    do {
      return try TLSSettings(options, host: host)
    } catch {
      throw .tls(address, error)
    }
  }

  private mutating func startTLS(
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

  private mutating func write(_ request: [UInt8], _ deadline: Deadline) throws(RedisError) {
    do throws(RedisError) {
      try writeAll(request, deadline)
    } catch .lost(let address, let reason, let written) {
      throw farewell() ?? .lost(address, reason: reason, written: written)
    }
  }

  /// Why the server hung up, where it said so.
  private mutating func farewell() -> RedisError? {
    do throws(RedisError) {
      while try receive() != nil {}
      return nil
    } catch {
      switch error {
      case .refused, .tls: return error
      default: return nil
      }
    }
  }

  private func writeAll(_ request: [UInt8], _ deadline: Deadline) throws(RedisError) {
    var written = 0
    while written < request.count {
      let step = unsafe request.withUnsafeBytes {
        unsafe transport.write(.init(rebasing: $0[written...]))
      }
      switch step {
      case .done(let count): written += count
      case .blocked(let event): try wait(for: event, deadline, written: written > 0)
      case .closed: throw .lost(address, reason: Self.closed, written: written > 0)
      case .failed(let reason): throw .lost(address, reason: reason, written: written > 0)
      case .refused(let fault): throw .tls(address, fault)
      }
    }
  }

  private mutating func read(_ deadline: Deadline) throws(RedisError) -> Reply {
    while true {
      if let reply = try parse() { return reply }
      if let event = try fill() { try wait(for: event, deadline, written: true) }
    }
  }

  /// A reply that is there already, or nil: nothing is waited for.
  package mutating func receive() throws(RedisError) -> Reply? {
    while true {
      if let reply = try parse() { return reply }
      if try fill() != nil { return nil }
    }
  }

  /// Reads what there is, or returns what to wait for.
  private mutating func fill() throws(RedisError) -> Int32? {
    switch unsafe chunk.withUnsafeMutableBytes({ unsafe transport.read(into: $0) }) {
    case .done(let count): try feed(count)
    case .blocked(let event): return event
    case .closed: throw ended(Self.closed)
    case .failed(let reason): throw ended(reason)
    case .refused(let fault): throw .tls(address, fault)
    }
    return nil
  }

  /// A server that wants TLS ends so without a word; but so does one that fails after a command.
  private func ended(_ reason: String) -> RedisError {
    hasAnswered
      ? .lost(address, reason: reason, written: true)
      : .unanswered(address, reason: reason, written: true)
  }

  /// Hands the first bytes of `chunk` to the parser.
  private mutating func feed(_ count: Int) throws(RedisError) {
    guard hasAnswered || !chunk.prefix(count).starts(with: Self.alert) else {
      throw .tls(address, .plainClient)
    }
    hasAnswered = hasAnswered || count > 0
    unsafe chunk.withUnsafeBytes { bytes in
      _ = unsafe redisReaderFeed(context.pointee.reader, bytes.baseAddress, count)
    }
  }

  private static let closed = "the server closed the connection"
  /// How an alert of TLS begins, which no reply does.
  private static let alert: [UInt8] = [0x15, 0x03]
}

extension RedisConnection {
  private func parse() throws(RedisError) -> Reply? {
    let reader = unsafe context.pointee.reader
    var parsed: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &parsed) == REDIS_OK else {
      let reason = unsafe reader.map { unsafe String(cString: turboctl_reader_error($0)) }
      throw .garbled(address, reason: reason ?? "out of memory", written: true)
    }
    guard let parsed = unsafe parsed else { return nil }
    defer { unsafe freeReplyObject(parsed) }
    let reply = unsafe Self.copy(parsed.assumingMemoryBound(to: redisReply.self))
    if case .error(let error) = reply, let refusal = error.refusal {
      throw .refused(address, refusal)
    }
    return reply
  }

  private static func copy(_ pointer: UnsafeMutablePointer<redisReply>) -> Reply {
    let reply = unsafe pointer.pointee
    switch unsafe reply.type {
    case REDIS_REPLY_STRING: return unsafe .bytes(bytes(of: reply))
    case REDIS_REPLY_STATUS:
      return unsafe .status(String(decoding: bytes(of: reply), as: UTF8.self))
    case REDIS_REPLY_ERROR:
      return unsafe .error(ServerError(String(decoding: bytes(of: reply), as: UTF8.self)))
    case REDIS_REPLY_INTEGER: return unsafe .integer(Int(reply.integer))
    case REDIS_REPLY_ARRAY:
      let elements = unsafe UnsafeBufferPointer(start: reply.element, count: reply.elements)
      return unsafe .array(elements.map { unsafe $0.map { unsafe copy($0) } ?? .null })
    default: return .null
    }
  }

  private static func bytes(of reply: redisReply) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: reply.str, count: reply.len))
  }

  private static func systemError() -> String {
    unsafe String(cString: strerror(errno))
  }

  /// hiredis reports a timeout of its own as the system's "in progress" or "try again".
  private static func readable(_ reason: String, after seconds: Double) -> String {
    let isTimeout = reason == "Operation now in progress" || reason.contains("timed out")
    return isTimeout ? "no answer within \(seconds) s" : reason
  }
}
