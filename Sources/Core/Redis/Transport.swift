import Glibc

/// How bytes travel over a socket that does not block: as they are, or in TLS.
enum Transport {
  case plain(Int32)
  case tls(TLSTransport)

  /// What one attempt came to.
  enum Step {
    case done(Int)
    /// Nothing moves before the socket is ready for this: `POLLIN` or `POLLOUT`.
    case blocked(Int32)
    case closed
    case failed(String)
    case refused(TLSFault)
  }

  func handshake() -> Step {
    switch self {
    case .tls(let session): session.handshake()
    case .plain: .done(0)
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Step {
    switch self {
    case .tls(let session): return unsafe session.read(into: buffer)
    case .plain(let descriptor):
      let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      return count == 0 ? .closed : Self.step(count, event: POLLIN)
    }
  }

  func write(_ buffer: UnsafeRawBufferPointer) -> Step {
    switch self {
    case .tls(let session): return unsafe session.write(buffer)
    case .plain(let descriptor):
      return Self.step(
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count), event: POLLOUT)
    }
  }

  /// Says goodbye; the socket is its owner's to close.
  func close() {
    if case .tls(let session) = self { session.close() }
  }

  private static func step(_ count: Int, event: Int32) -> Step {
    if count >= 0 { return .done(count) }
    switch errno {
    case EAGAIN: return .blocked(event)
    case EINTR: return .done(0)
    default: return .failed(systemError())
    }
  }
}
