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
  private let watched: [Watched]
  private let trace: ((String) -> Void)?
  /// Small, since each of its pages costs a start a fault.
  private var chunk = [UInt8](repeating: 0, count: 1 << 14)

  /// Connects and logs in.
  ///
  /// - Parameters:
  ///   - connectTimeout: seconds; hiredis grants them to each address that a host's name has.
  ///   - watched: descriptors whose readiness, or whose reader's end, interrupts every wait.
  ///   - trace: is told each command that goes out, without payloads and secrets.
  /// - Throws: `.connect`, `.refused`, `.timedOut`, `.lost`: nothing of the caller's was written.
  package static func open(
    _ address: RedisAddress, connectTimeout: Double, deadline: Deadline, watched: [Watched] = [],
    trace: ((String) -> Void)? = nil
  ) throws(RedisError) -> RedisConnection {
    guard address.tls == nil else { throw .connect(address, reason: "no TLS yet") }
    let context = unsafe try connect(
      to: address, within: max(0.001, min(connectTimeout, deadline.remaining)))
    var connection = unsafe RedisConnection(
      context: context, address: address, watched: watched, trace: trace)
    try connection.logIn(deadline)
    return connection
  }

  private init(
    context: UnsafeMutablePointer<redisContext>, address: RedisAddress, watched: [Watched],
    trace: ((String) -> Void)?
  ) {
    unsafe self.context = context
    descriptor = unsafe context.pointee.fd
    self.address = address
    self.watched = watched
    self.trace = trace
  }

  deinit {
    unsafe redisFree(context)
  }

  /// Sends commands in one write and returns a reply for each, errors among them as values.
  ///
  /// - Parameter received: is called with each reply's place as it comes.
  package mutating func pipeline(
    _ commands: [RedisCommand], deadline: Deadline, received: (Int, Reply) -> Void
  ) throws(RedisError) {
    try post(commands, deadline: deadline)
    for place in commands.indices { received(place, try read(deadline)) }
  }

  /// Sends commands in one write; their replies are for `receive`.
  package func post(_ commands: [RedisCommand], deadline: Deadline) throws(RedisError) {
    guard !deadline.hasPassed else {
      throw .timedOut(address, seconds: deadline.seconds ?? 0, written: false)
    }
    var request: [UInt8] = []
    for command in commands {
      trace?(command.description)
      command.append(to: &request)
    }
    try write(request, deadline)
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

  /// AUTH and SELECT are answered before anything else is written, or a write could land in db 0.
  private mutating func logIn(_ deadline: Deadline) throws(RedisError) {
    var commands: [RedisCommand] = []
    // A user without a password is one that needs none (`nopass`).
    if let username = address.username {
      commands.append(RedisCommand("AUTH", .text(username), .text(address.password ?? "")))
    } else if let password = address.password {
      commands.append(RedisCommand("AUTH", .text(password)))
    }
    if let name = address.clientName {
      commands.append(RedisCommand("CLIENT", "SETNAME", .text(name)))
    }
    if address.database != 0 { commands.append(RedisCommand("SELECT", "\(address.database)")) }
    guard !commands.isEmpty else { return }
    var refusal: ServerError?
    do {
      try pipeline(commands, deadline: deadline) { _, reply in
        if case .error(let error) = reply { refusal = refusal ?? error }
      }
    } catch {
      throw error.beforeAnyCommand
    }
    if let refusal { throw .refused(address, refusal) }
  }

  private func write(_ request: [UInt8], _ deadline: Deadline) throws(RedisError) {
    var written = 0
    while written < request.count {
      let count = unsafe request.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        try wait(for: POLLOUT, deadline, written: written > 0)
      } else if errno != EINTR {
        throw .lost(address, reason: Self.systemError(), written: written > 0)
      }
    }
  }

  private mutating func read(_ deadline: Deadline) throws(RedisError) -> Reply {
    while true {
      if let reply = try receive() { return reply }
      try wait(for: POLLIN, deadline, written: true)
    }
  }

  /// A reply that is there already, or nil: nothing is waited for.
  package mutating func receive() throws(RedisError) -> Reply? {
    while true {
      if let reply = try parse() { return reply }
      let count = unsafe chunk.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count > 0 {
        unsafe chunk.withUnsafeBytes { bytes in
          _ = unsafe redisReaderFeed(context.pointee.reader, bytes.baseAddress, count)
        }
      } else if count == 0 {
        throw .lost(address, reason: "the server closed the connection", written: true)
      } else if errno == EAGAIN {
        return nil
      } else if errno != EINTR {
        throw .lost(address, reason: Self.systemError(), written: true)
      }
    }
  }

  private func wait(
    for event: Int32, _ deadline: Deadline, written: Bool
  ) throws(RedisError) {
    var polled = [pollfd(fd: descriptor, events: Int16(event), revents: 0)]
    for watched in watched { polled.append(watched.pollfd) }
    while true {
      let remaining = deadline.remaining
      guard remaining > 0 else {
        throw .timedOut(address, seconds: deadline.seconds ?? 0, written: written)
      }
      let milliseconds = Int32(min(remaining * 1000, 60_000).rounded(.up))
      let ready = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
      guard ready > 0 else { continue }
      if polled.dropFirst().contains(where: { $0.revents != 0 }) { throw .interrupted }
      return
    }
  }
}

extension RedisConnection {
  private func parse() throws(RedisError) -> Reply? {
    let reader = unsafe context.pointee.reader
    var parsed: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &parsed) == REDIS_OK else {
      let reason = unsafe reader.map { unsafe String(cString: turboctl_reader_error($0)) }
      throw .garbled(address, reason: reason ?? "out of memory")
    }
    guard let parsed = unsafe parsed else { return nil }
    defer { unsafe freeReplyObject(parsed) }
    return unsafe Self.copy(parsed.assumingMemoryBound(to: redisReply.self))
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

/// What may end a wait for the server.
package enum Watched: Sendable {
  /// Something to read: a signal's pipe.
  case readable(Int32)
  /// The other end is gone: our own output. `poll(2)` shows that unasked.
  case hangUp(Int32)

  /// Waits for one of these, up to so many seconds.
  ///
  /// - Returns: the place of the first that is ready; nil when the time is over.
  package static func wait(for watched: [Watched], seconds: Double) -> Int? {
    let deadline = Deadline(seconds: seconds)
    var polled = watched.map(\.pollfd)
    repeat {
      let milliseconds = Int32(max(0, min(deadline.remaining * 1000, 60_000)).rounded(.up))
      if unsafe poll(&polled, nfds_t(polled.count), milliseconds) > 0 {
        return polled.firstIndex { $0.revents != 0 }
      }
    } while !deadline.hasPassed
    return nil
  }

  fileprivate var pollfd: pollfd {
    switch self {
    case .readable(let descriptor): Glibc.pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    case .hangUp(let descriptor): Glibc.pollfd(fd: descriptor, events: 0, revents: 0)
    }
  }
}

extension RedisError {
  /// The same fault where only the login had been written.
  fileprivate var beforeAnyCommand: RedisError {
    switch self {
    case .timedOut(let address, let seconds, _):
      .timedOut(address, seconds: seconds, written: false)
    case .lost(let address, let reason, _): .lost(address, reason: reason, written: false)
    default: self
    }
  }
}
