import Glibc
import Synchronization

/// Looks a name up in a thread of its own, since `getaddrinfo(3)` knows no deadline and heeds no signal.
///
/// Who does not wait for the answer leaves the thread to itself.
final class HostLookup: Sendable {
  private let host: String
  private let port: Int
  private let found = Mutex(Result<[SocketAddress], LookupFault>.success([]))
  /// Hangs up when there is an answer.
  let ended: Int32
  private let end: Int32

  init(host: String, port: Int) throws(LookupFault) {
    var pipe: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&pipe) == 0 else { throw LookupFault(reason: systemError()) }
    for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (self.host, self.port, ended, end) = (host, port, pipe[0], pipe[1])
    let own = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, nil,
      { own in
        guard let own = unsafe own else { return nil }
        unsafe Unmanaged<HostLookup>.fromOpaque(own).takeRetainedValue().run()
        return nil
      }, own.toOpaque())
    guard code == 0 else {
      unsafe own.release()
      close(end)
      throw LookupFault(reason: systemError(code))
    }
    pthread_detach(thread)
  }

  deinit { close(ended) }

  private func run() {
    let answer = Result { () throws(LookupFault) in
      try SocketAddress.all(host: host, port: port, flags: 0)
    }
    found.withLock { $0 = answer }
    close(end)
  }

  /// What the name stands for, once it has `ended`.
  var answer: Result<[SocketAddress], LookupFault> { found.withLock { $0 } }
}

/// Why a name has no address.
struct LookupFault: Error {
  let reason: String
}
