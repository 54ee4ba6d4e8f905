private import CHiredis
import Glibc

/// A connection to one server: commands out, replies in, nothing beyond a deadline.
///
/// The only file that knows the C library: hiredis parses, replies are copied out as values. Connecting,
/// reading and waiting are our own, since hiredis could not be woken, and knows no deadline for all of it.
@safe package struct RedisConnection: ~Copyable {
  package let address: RedisAddress
  private let reader: UnsafeMutablePointer<redisReader>
  /// Becomes readable when there is something for `receive`.
  package let descriptor: Int32
  var transport: Transport
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
  private var gate = ReplyGate()
  /// What the gate holds back.
  private var held: [UInt8] = []
  /// Small, since each of its pages costs a start a fault.
  private var chunk = [UInt8](repeating: 0, count: 1 << 14)

  /// Connects and logs in.
  ///
  /// - Parameters:
  ///   - connectTimeout: seconds from when the host's name is looked up, and as many for TLS's handshake.
  ///   - watched: descriptors whose readiness, or whose reader's end, interrupts every wait.
  ///   - trace: is told each command that goes out, without payloads and secrets.
  /// - Throws: `.connect`, `.tls`, `.refused`, `.timedOut`, `.lost`: nothing of the caller's was written.
  package static func open(
    _ address: RedisAddress, connectTimeout: Double, deadline: Deadline, watched: [Watched] = [],
    trace: ((String) -> Void)? = nil
  ) throws(RedisError) -> RedisConnection {
    // What is wrong with the settings is known before a server hears of us.
    let settings = try tlsSettings(address)
    let descriptor = try Dialing(
      address: address, connectTimeout: connectTimeout, deadline: deadline, watched: watched
    ).open()
    guard let reader = unsafe redisReaderCreate() else {
      close(descriptor)
      throw .connect(address, reason: systemError(ENOMEM))
    }
    var connection = unsafe RedisConnection(
      descriptor, reader, address: address, watched: watched, trace: trace)
    if let settings {
      let handshake = Deadline.min(deadline, Deadline(seconds: connectTimeout))
      try connection.startTLS(settings, handshake)
    }
    try connection.logIn(deadline)
    return connection
  }

  private init(
    _ descriptor: Int32, _ reader: UnsafeMutablePointer<redisReader>, address: RedisAddress,
    watched: [Watched], trace: ((String) -> Void)?
  ) {
    unsafe self.reader = reader
    self.descriptor = descriptor
    transport = .plain(descriptor)
    self.address = address
    self.watched = watched
    self.trace = trace
  }

  deinit {
    transport.close()
    close(descriptor)
    unsafe redisReaderFree(reader)
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

  /// Hands the first bytes of `chunk` to the parser, as far as the gate lets them through.
  private mutating func feed(_ count: Int) throws(RedisError) {
    guard hasAnswered || !chunk.prefix(count).starts(with: Self.alert) else {
      throw .tls(address, .plainClient)
    }
    hasAnswered = hasAnswered || count > 0
    if held.isEmpty {
      let admitted = gate.admit(chunk[..<count])
      hand(chunk[..<admitted])
      held += chunk[admitted..<count]
    } else {
      held += chunk[..<count]
      guard held.count >= gate.needed else { return }
      let admitted = gate.admit(held[...])
      hand(held[..<admitted])
      held.removeFirst(admitted)
    }
  }

  private func hand(_ bytes: ArraySlice<UInt8>) {
    unsafe bytes.withUnsafeBytes { bytes in
      _ = unsafe redisReaderFeed(reader, bytes.baseAddress, bytes.count)
    }
  }

  private static let closed = "the server closed the connection"
  /// How an alert of TLS begins, which no reply does.
  private static let alert: [UInt8] = [0x15, 0x03]
}

extension RedisConnection {
  private func parse() throws(RedisError) -> Reply? {
    var parsed: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &parsed) == REDIS_OK else {
      let reason = unsafe String(cString: turboctl_reader_error(reader))
      throw .garbled(address, reason: reason, written: true)
    }
    guard let parsed = unsafe parsed else {
      if let fault = gate.fault { throw .garbled(address, reason: fault.rawValue, written: true) }
      return nil
    }
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
}
