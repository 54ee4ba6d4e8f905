import Glibc

/// Connects to a server, in time and heeding what is watched.
///
/// hiredis would grant its timeout to each of a name's addresses, none to the name itself, and heed nothing.
struct Dialing {
  let address: RedisAddress
  /// Seconds from when its addresses are known: the system asks a second name server after five.
  let connectTimeout: Double
  let deadline: Deadline
  let watched: [Watched]

  /// - Returns: a socket that does not block.
  /// - Throws: `.connect`, `.interrupted`.
  func open() throws(RedisError) -> Int32 {
    let places = try places()
    let deadline = Deadline.min(deadline, Deadline(seconds: connectTimeout))
    var failure = fault("it has no address")
    for (number, place) in places.enumerated() {
      // One that is silent leaves the others their share.
      let share = Deadline(seconds: deadline.remaining / Double(places.count - number))
      do throws(RedisError) {
        return try open(place, share)
      } catch .connect(_, let reason) {
        failure = fault(reason)
      }
    }
    throw failure
  }

  private func places() throws(RedisError) -> [SocketAddress] {
    switch address.endpoint {
    case .unix(let path):
      guard let place = SocketAddress(path: path) else { throw fault("the path is too long") }
      return [place]
    case .tcp(let host, let port):
      // Numbers stand for themselves.
      if let places = try? SocketAddress.all(host: host, port: port, flags: AI_NUMERICHOST) {
        return places
      }
      return try lookUp(host, port)
    }
  }

  private func lookUp(_ host: String, _ port: Int) throws(RedisError) -> [SocketAddress] {
    let lookup: HostLookup
    do {
      lookup = try HostLookup(host: host, port: port)
    } catch {
      throw fault(error.reason)
    }
    guard try wait(for: .hangUp(lookup.ended), deadline) else {
      throw fault("no answer about its name in time")
    }
    switch lookup.answer {
    case .success(let places): return places
    case .failure(let error): throw fault(error.reason)
    }
  }

  private func open(_ place: SocketAddress, _ deadline: Deadline) throws(RedisError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(place.family, type, 0)
    guard descriptor >= 0 else { throw fault(systemError()) }
    do throws(RedisError) {
      try connect(descriptor, place, deadline)
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private func connect(
    _ descriptor: Int32, _ place: SocketAddress, _ deadline: Deadline
  ) throws(RedisError) {
    if place.connect(descriptor) != 0 {
      guard errno == EINPROGRESS else { throw fault(systemError()) }
      guard try wait(for: .writable(descriptor), deadline) else { throw fault("no answer in time") }
      var (code, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
      unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
      guard code == 0 else { throw fault(systemError(code)) }
    }
    if place.family != AF_UNIX {
      var yes: Int32 = 1
      unsafe setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// - Returns: whether it became ready in time.
  private func wait(for event: Watched, _ deadline: Deadline) throws(RedisError) -> Bool {
    let place = Watched.wait(for: watched + [event], seconds: deadline.remaining)
    guard place == nil || place == watched.count else { throw .interrupted }
    return place != nil
  }

  private func fault(_ reason: String) -> RedisError { .connect(address, reason: reason) }
}
